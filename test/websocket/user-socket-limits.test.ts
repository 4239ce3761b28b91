import { once } from 'node:events';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { type TextSocket, upgradeStatus } from './chat-client.ts';
import { ChatServer } from './chat-server.ts';
import { text } from './raw-frames.ts';
import { RawPeer } from './raw-peer.ts';

afterEach(() => void vi.useRealTimers());

async function limited(env: Record<string, string> = {}) {
  const many = {
    LIMIT_NEW_CHATS: '1000/1s',
    LIMIT_NEW_INVITES: '1000/1s',
    LIMIT_WRITES: '1000/1s',
    LIMIT_READS: '1000/1s',
  };
  const server = await ChatServer.start({ RATE_LIMITS: 'on', ...many, ...env });
  onTestFinished(() => server.stop());
  return server;
}

describe("a user's socket", () => {
  it('follows at most LIMIT_FOLLOWED_CHATS chats at the same time; one more is refused, and the socket stays', async () => {
    const server = await limited({ LIMIT_FOLLOWED_CHATS: '2' });
    const ada = await server.person('ada');
    const [one, two, three] = [await server.chat(ada), await server.chat(ada), await server.chat(ada)];
    const { socket } = await server.userSocket(ada);
    for (const chat_id of [one, two, three]) socket.say({ type: 'follow', chat_id });
    expect((await socket.nextOf('ready')).chat_id).toBe(one);
    expect((await socket.nextOf('ready')).chat_id).toBe(two);
    expect(await socket.nextOf('refused')).toMatchObject({ chat_id: three, code: 'too_many_requests' });
    // To begin again takes no more room.
    expect((await socket.follow(two)).chat_id).toBe(two);
    socket.say({ type: 'unfollow', chat_id: one });
    expect((await socket.follow(three)).chat_id).toBe(three);
  });

  it('RL-5: takes a place among the ten sockets of a person', async () => {
    const server = await limited();
    const ada = await server.person('ada');
    const chatId = await server.chat(ada);
    for (let n = 0; n < 5; n += 1) await server.userSocket(ada);
    for (let n = 0; n < 5; n += 1) await server.joined(chatId, ada);
    expect(await upgradeStatus({ url: server.userSocketUrl, cookie: ada.cookie }, ['user.v1'])).toBe(429);
    expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: ada.cookie })).toBe(429);
  });

  it('BU-1: spends the budgets of its user: writes with HTTP together, and a read at its opening', async () => {
    const server = await limited({ LIMIT_WRITES: '10/600s', LIMIT_READS: '3/600s' });
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    const chatId = await server.chat(ada, bob);
    const { socket } = await server.userSocket(ada);
    for (let n = 0; n < 20; n += 1) socket.post(chatId, `n-${n}`, `post ${n}`);
    for (let n = 0; n < 8; n += 1) expect((await socket.nextOf('message')).message.text).toBe(`post ${n}`);
    const post = server.app.useCases.postMessage(ada.actor, { chatId, text: 'by HTTP' });
    await expect(post).rejects.toMatchObject({ code: 'too_many_requests' });
    const status = () => upgradeStatus({ url: server.userSocketUrl, cookie: bob.cookie }, ['user.v1']);
    expect([await status(), await status(), await status(), await status()]).toEqual([101, 101, 101, 429]);
  });

  it('WS-1, WS-2: is closed with 1009 past 64 KiB and with 1003 for a binary frame', async () => {
    const server = await limited();
    const ada = await server.person('ada');
    const [large, binary] = [await server.userSocket(ada), await server.userSocket(ada)];
    large.socket.send(`{"type":"alive"}${' '.repeat(64 * 1024)}`);
    binary.socket.socket.send(Buffer.from('{"type":"alive"}'), { binary: true });
    expect([await large.socket.closed, await binary.socket.closed]).toEqual([1009, 1003]);
  });

  it('GS-1: is closed with 1012 when the server stops, with what it sent before that answered', async () => {
    const server = await ChatServer.start();
    const ada = await server.person('ada');
    const chatId = await server.chat(ada);
    const { socket } = await server.userSocket(ada);
    await socket.follow(chatId);
    for (let n = 0; n < 50; n += 1) socket.post(chatId, `n-${n}`, `post ${n}`);
    socket.say({ type: 'alive' });
    await socket.nextOf('alive');
    await server.stop();
    expect(await socket.closed).toBe(1012);
  });

  it('gets `alive` after 25 s without another frame', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const server = await limited();
    const { socket } = await server.userSocket(await server.person('ada'));
    await pass(24, socket);
    expect(socket.unread).toEqual([]);
    await pass(3, socket);
    expect(socket.unread).toEqual(['{"type":"alive"}']);
  });
});

describe("a user's socket that does not read for a while", () => {
  it('gets every message once and in order, and of each chat the last summary', async () => {
    const server = await limited();
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    const chats: ChatId[] = [];
    for (let n = 0; n < 5; n += 1) chats.push(await server.chat(ada, bob));
    const { socket } = await server.userSocket(bob);
    for (const chat of chats) await socket.follow(chat);
    socket.socket.pause();
    const texts = Array.from({ length: 120 }, (_, n) => `${n} ${'🐟'.repeat(9_990)}`);
    for (const said of texts) {
      for (const chatId of chats) await server.app.useCases.postMessage(ada.actor, { chatId, text: said });
    }
    socket.socket.resume();
    const got = new Map(chats.map((chat): [number, string[]] => [chat, []]));
    for (let n = 0; n < chats.length * texts.length; n += 1) {
      const { chat_id, message } = await socket.nextOf('message');
      got.get(chat_id)?.push(message.text);
    }
    for (const chat of chats) expect(got.get(chat)).toEqual(texts);
    for (const chatId of chats) await server.app.useCases.postMessage(ada.actor, { chatId, text: 'live again' });
    const last = new Map<number, string>();
    while (chats.some((chat) => last.get(chat) !== 'live again')) {
      const { chat } = await socket.nextOf('chat');
      last.set(chat.id, chat.last?.snippet ?? '');
    }
  });

  it('is closed with 1013 after ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const server = await limited();
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    const chatId = await server.chat(ada, bob);
    const long = '\u0001'.repeat(10_000);
    for (let n = 0; n < 200; n += 1) await server.app.useCases.postMessage(ada.actor, { chatId, text: long });
    const headers = { 'Sec-WebSocket-Protocol': 'user.v1' };
    const deaf = await RawPeer.open({ url: server.userSocketUrl, cookie: bob.cookie, headers });
    deaf.write(text(JSON.stringify({ type: 'follow', chat_id: chatId, after: 1 })));
    deaf.socket.pause();
    const closed = () => server.log.entries.filter(({ details }) => details.code === 1013).length;
    await vi.waitUntil(
      () => {
        vi.advanceTimersByTime(1_000);
        return closed() === 1;
      },
      { timeout: 20_000 },
    );
    deaf.socket.destroy();
  });
});

/** Lets time pass so that the client can answer each ping of the server's before the next one. */
async function pass(seconds: number, { socket }: TextSocket): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 1) {
    vi.advanceTimersByTime(1_000);
    socket.ping();
    await once(socket, 'pong');
  }
}
