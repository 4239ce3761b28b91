import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { upgradeStatus } from './chat-client.ts';
import { ChatServer } from './chat-server.ts';

let server: ChatServer;
beforeEach(async () => {
  server = await ChatServer.start();
});
afterEach(() => server.stop());

const closings = () => server.log.entries.filter(({ details }) => details.event === 'socket_closed');

describe('LG-2: a socket that is closed', () => {
  it('for abuse is logged as a warning, with who, from where, and why', async () => {
    const ada = await server.person('ada');
    const socket = await server.joined(await server.chat(ada), ada);
    for (let n = 0; n < 10; n += 1) socket.send('no frame');
    expect(await socket.closed).toBe(1008);
    const details = { event: 'socket_closed', code: 1008, chat_id: 1, address: '127.0.0.1', origin: undefined };
    expect(closings()).toEqual([
      { level: 'warn', message: 'a socket was closed', details: { ...details, user: { id: 1, name: 'ada' } } },
    ]);
  });

  it.each([
    [1003, Buffer.from([0x82, 0x80, 1, 2, 3, 4])],
    [1002, Buffer.from([0x83, 0x80, 1, 2, 3, 4])],
    [1007, Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff])],
    [1009, Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4])],
  ])('for what it sent is logged: %i', async (code, bytes) => {
    const ada = await server.person('ada');
    const { socket, closed } = await server.joined(await server.chat(ada), ada);
    const stream: unknown = Reflect.get(socket, '_socket');
    if (stream instanceof Socket) stream.write(bytes);
    await closed;
    expect(closings()).toMatchObject([{ level: 'warn', details: { code } }]);
  });

  it('because its session ended is no warning; one that its client closed is not logged', async () => {
    const ada = await server.person('ada');
    const chatId = await server.chat(ada);
    const leaving = await server.joined(chatId, ada);
    leaving.socket.close(1002);
    await leaving.closed;
    const staying = await server.joined(chatId, ada);
    await server.app.useCases.signOut(ada.actor);
    expect(await staying.closed).toBe(4401);
    expect(closings()).toMatchObject([{ level: 'info', details: { code: 4401 } }]);
  });

  it('before it was opened is a refused request', async () => {
    const [ada, eve] = [await server.person('ada'), await server.person('eve')];
    const url = server.socketUrl(await server.chat(ada));
    expect(await upgradeStatus({ url, cookie: eve.cookie })).toBe(403);
    expect(await upgradeStatus({ url, cookie: ada.cookie, origin: 'https://evil.example' })).toBe(403);
    const refused = server.log.entries.filter(({ details }) => details.event === 'request_refused');
    expect(refused).toMatchObject([
      { details: { user: { name: 'eve' }, address: '127.0.0.1', route: '/chatsocket/:id', code: 'forbidden' } },
      { details: { origin: 'https://evil.example', code: 'cross_site' } },
    ]);
  });
});
