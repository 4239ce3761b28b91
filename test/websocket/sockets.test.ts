import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOCK } from '../../src/composition/tokens.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { DAY, stoppedClock } from '../fakes.ts';
import { upgradeStatus } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let eve: Person;
let chatId: ChatId;

beforeAll(async () => {
  server = await ChatServer.start();
  ada = await server.person('ada');
  bob = await server.person('bob');
  eve = await server.person('eve');
});
afterAll(() => server.stop());
beforeEach(async () => {
  chatId = await server.chat(ada, bob);
});

describe('an upgrade', () => {
  it('lets members in, programs without an Origin included', async () => {
    expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: ada.cookie })).toBe(101);
    const origin = new URL(server.url).origin;
    expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: ada.cookie, origin })).toBe(101);
  });

  it('AZ-1: is refused to who is signed out and to who is no member', async () => {
    expect(await upgradeStatus({ url: server.socketUrl(chatId) })).toBe(401);
    expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: eve.cookie })).toBe(403);
    expect(await upgradeStatus({ url: server.socketUrl(999_999), cookie: eve.cookie })).toBe(403);
  });

  it.each(['http://evil.example', 'http://127.0.0.1:1', 'null', 'https://127.0.0.1.evil.example'])(
    'CS-6: is refused when it comes from a page of %s',
    async (origin) => {
      expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: ada.cookie, origin })).toBe(403);
    },
  );

  it.each(['01', '1.0', '%201', '1e0', '-1', '9007199254740992', 'x'])('AZ-3: finds no chat %s', async (id) => {
    expect(await upgradeStatus({ url: server.socketUrl(id), cookie: ada.cookie })).toBe(404);
  });

  it.each(['-1', '1.5', 'x', ''])('is refused with ?after=%s', async (after) => {
    expect(await upgradeStatus({ url: server.socketUrl(chatId, `?after=${after}`), cookie: ada.cookie })).toBe(400);
  });

  it('is what the address is for', async () => {
    const response = await fetch(`${server.url}chatsocket/${chatId}`, { headers: { cookie: ada.cookie } });
    expect(response.status).toBe(426);
  });
});

describe('a socket closes', () => {
  it('SE-5: with 4401 when its session ends, and others of the person stay', async () => {
    const again = await server.person('ada');
    const [one, other] = [await server.joined(chatId, ada), await server.joined(chatId, again)];
    await server.app.useCases.signOut(again.actor);
    expect(await other.closed).toBe(4401);
    one.post('s', 'still open');
    expect(await one.nextTexts(1)).toEqual(['still open']);
    expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: again.cookie })).toBe(401);
  });

  it('SE-5: with 4401 within a second of the expiry of its session, though nobody purges', async () => {
    const clock = stoppedClock();
    const aging = await ChatServer.start({}, (wiring) => wiring.bind(CLOCK, () => clock));
    const person = await aging.person('ada');
    const room = await aging.chat(person);
    const socket = await aging.joined(room, person);
    clock.advance(7 * DAY - 1);
    // The post prolongs the session by seven days.
    socket.post('s', 'still open');
    expect(await socket.nextTexts(1)).toEqual(['still open']);
    clock.advance(7 * DAY);
    expect(await socket.closed).toBe(4401);
    expect(socket.unread).toEqual([]);
    await aging.stop();
  });

  it('with 4403 when the membership ends, with no frame after', async () => {
    const [one, two] = [await server.joined(chatId, ada), await server.joined(chatId, bob)];
    const userId = bob.actor.user.id;
    server.broadcast.publishToChat(chatId, { type: 'member_left', chatId, userId });
    await server.app.useCases.postMessage(ada.actor, { chatId, text: 'gone?' });
    expect(await two.closed).toBe(4403);
    expect(two.unread).toEqual([]);
    expect(await one.nextTexts(1)).toEqual(['gone?']);
  });

  it('WS-1, WS-2, WS-3: with 1003 on binary, 1009 on too much, 1007 on what is not UTF-8, 1008 on crumbs', async () => {
    const binary = await server.joined(chatId, ada);
    binary.socket.send(Buffer.from('x'));
    expect(await binary.closed).toBe(1003);

    const large = await server.joined(chatId, ada);
    large.send('x'.repeat(65_537));
    expect(await large.closed).toBe(1009);

    const broken = await server.joined(chatId, ada);
    broken.socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    expect(await broken.closed).toBe(1007);

    const crumbs = await server.joined(chatId, ada);
    for (let n = 0; n < 65; n += 1) crumbs.socket.send('', { fin: false });
    expect(await crumbs.closed).toBe(1008);
  });

  it('with 1012 when the server stops', async () => {
    const stopping = await ChatServer.start();
    const person = await stopping.person('ada');
    const socket = await stopping.joined(await stopping.chat(person), person);
    await stopping.stop();
    expect(await socket.closed).toBe(1012);
  });
});

describe('the count of connected clients', () => {
  it('rises and falls with the sockets', async () => {
    const before = await server.connectedClients();
    const socket = await server.joined(chatId, ada);
    expect(await server.connectedClients()).toBe(before + 1);
    socket.socket.close();
    await vi.waitUntil(async () => (await server.connectedClients()) === before);
  });
});
