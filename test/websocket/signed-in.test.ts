import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatServer } from './chat-server.ts';

let server: ChatServer;
beforeAll(async () => {
  server = await ChatServer.start();
});
afterAll(() => server.stop());

describe('the other devices of a person who signs in', () => {
  it('SE-12: are told at once from where, but not the new session itself, nor anybody else, and nothing of a registration', async () => {
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    await server.chat(ada, bob);
    const [old, others] = [(await server.userSocket(ada)).socket, (await server.userSocket(bob)).socket];
    const again = await server.person('ada');
    expect(JSON.parse(await old.next())).toMatchObject({
      ...{ type: 'signed_in', device: 'Firefox on Linux', address: '192.0.2.1' },
      signed_in_at: expect.stringMatching(/Z$/),
    });
    const fresh = (await server.userSocket(again)).socket;
    await server.person('carol');
    const third = await server.person('ada');
    for (const socket of [old, fresh]) expect(JSON.parse(await socket.next())).toMatchObject({ type: 'signed_in' });
    expect(third.cookie).not.toBe(again.cookie);
    // Bob's next news is of Ada's message, not of her sessions.
    const chatId = await server.chat(ada, bob);
    for (;;) {
      const frame = JSON.parse(await others.next());
      expect(frame.type).not.toBe('signed_in');
      if (frame.type === 'chat' && frame.chat.id === chatId) break;
    }
  });
});
