import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatServer } from './chat-server.ts';
import { OPCODE } from './raw-frames.ts';
import { RawPeer } from './raw-peer.ts';

const SECOND = 1000;

// Only what the heartbeat goes by is stopped: the network goes on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('WS-7: a peer that has fallen silent', () => {
  it('WS-7: is no longer counted after a minute, and one that answers is', async () => {
    const server = await ChatServer.start({ RATE_LIMITS: 'off' });
    const ada = await server.person('ada');
    const chatId = await server.chat(ada);
    const silent = await RawPeer.open({ url: server.socketUrl(chatId), cookie: ada.cookie });
    const lively = await server.joined(chatId, ada);
    expect(await server.connectedClients()).toBe(2);

    for (let waited = 0; waited < 60; waited += 5) {
      const isPinged = Math.floor((waited + 5) / 25) > Math.floor(waited / 25);
      const pinged = isPinged ? once(lively.socket, 'ping') : undefined;
      vi.advanceTimersByTime(5 * SECOND);
      await pinged;
      // Comes after the pong.
      lively.post(`after-${waited}`, 'still here');
      expect(await lively.nextTexts(1)).toEqual(['still here']);
    }
    await silent.closed;
    expect(silent.unread.filter(({ opcode }) => opcode === OPCODE.ping)).toHaveLength(1);
    await vi.waitUntil(async () => (await server.connectedClients()) === 1);
    lively.socket.close();
    await server.stop();
  });
});
