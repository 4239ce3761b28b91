import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TextSocket } from './chat-client.ts';
import { ChatServer } from './chat-server.ts';
import { OPCODE } from './raw-frames.ts';
import { RawPeer } from './raw-peer.ts';

const SECOND = 1000;

// Only what the server looks after its sockets by is stopped: the network goes on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Lets time pass so that the client can answer each ping of the server's before the next one. */
async function pass(seconds: number, { socket }: TextSocket): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 1) {
    vi.advanceTimersByTime(SECOND);
    socket.ping();
    // It comes after the answer to any ping of the server's.
    await once(socket, 'pong');
  }
}

describe('a half-open connection can be told from a quiet one', () => {
  it('by `alive`, which a JSON socket gets after 25 s without another frame, and again after 25 s more', async () => {
    const server = await ChatServer.start();
    const ada = await server.person('ada');
    const chatId = await server.chat(ada);
    const socket = await server.joined(chatId, ada);
    for (const text of ['not quiet yet', 'just in time']) {
      await pass(24, socket);
      socket.post(`${text.length}`, text);
      expect(await socket.nextTexts(1)).toEqual([text]);
    }
    await pass(27, socket);
    expect(socket.unread).toEqual(['{"type":"alive"}']);
    await pass(26, socket);
    expect(socket.unread).toEqual(['{"type":"alive"}', '{"type":"alive"}']);
    socket.socket.close();
    await server.stop();
  });

  it('a client that asks by `alive` is answered by `alive` at once, after what came before it', async () => {
    const server = await ChatServer.start();
    const ada = await server.person('ada');
    const chatId = await server.chat(ada);
    const socket = await server.joined(chatId, ada);
    for (let times = 0; times < 12; times += 1) {
      socket.socket.send('{"type":"alive"}');
      expect(await socket.next()).toBe('{"type":"alive"}');
    }
    socket.socket.close();
    await server.stop();
  });

  it('a plain text socket is not told: it gets what people say and nothing else', async () => {
    const server = await ChatServer.start();
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    const chatId = await server.chat(ada, bob);
    const silent = await RawPeer.open({ url: server.socketUrl(chatId), cookie: bob.cookie });
    vi.advanceTimersByTime(49 * SECOND);
    await server.app.useCases.postMessage(ada.actor, { chatId, text: 'hello' });
    const first = await silent.next();
    const received = first.opcode === OPCODE.ping ? await silent.next() : first;
    expect(received.payload.toString()).toBe('ada: hello');
    silent.socket.destroy();
    await server.stop();
  });
});
