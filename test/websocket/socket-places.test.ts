import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { STORAGE } from '../../src/composition/tokens.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { type BreakableStorage, breakable } from '../fakes.ts';
import { ChatServer, type Person } from './chat-server.ts';
import { RawPeer } from './raw-peer.ts';

let server: ChatServer;
let storage: BreakableStorage;
let ada: Person;
let bob: Person;
let chatId: ChatId;
let opened: RawPeer[];

beforeAll(async () => {
  const env = {
    RATE_LIMITS: 'on',
    LIMIT_NEW_CHATS: '1000/1s',
    LIMIT_NEW_INVITES: '1000/1s',
    LIMIT_SOCKETS_PER_ADDRESS: '15',
    TRUSTED_PROXIES: '127.0.0.1',
  };
  server = await ChatServer.start(env, (wiring) => {
    const broken = breakable(wiring.get(STORAGE));
    storage = broken;
    wiring.bind(STORAGE, () => broken);
  });
  [ada, bob] = [await server.person('ada'), await server.person('bob')];
});
afterAll(() => server.stop());
beforeEach(async () => {
  chatId = await server.chat(ada, bob);
  opened = [];
  return async () => {
    for (const { socket } of opened) socket.destroy();
    await vi.waitUntil(async () => (await server.connectedClients()) === 0);
  };
});

/** The status with which a socket was answered; one that was let in stays open. */
async function status(person: Person, address = '203.0.113.1', headers = {}): Promise<number> {
  const forwarded = { 'X-Forwarded-For': address, ...headers };
  const peer = new RawPeer({ url: server.socketUrl(chatId), cookie: person.cookie, headers: forwarded });
  opened.push(peer);
  return Number((await peer.answered).split(' ')[1]);
}

async function times(count: number, ask: () => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  while (statuses.length < count) statuses.push(await ask());
  return statuses;
}

const all = (code: number, count: number) => Array.from({ length: count }, () => code);

/** Asks until it is let in: a connection's end is heard a moment later. */
const letInAgain = (person: Person) => vi.waitUntil(async () => (await status(person)) === 101);

describe('RL-5: sockets', () => {
  it('are ten for each person, however many addresses they come from', async () => {
    const from = (n: number) => status(ada, `203.0.113.${n}`);
    let n = 0;
    expect(await times(10, () => from(++n))).toEqual(all(101, 10));
    expect(await from(99)).toBe(429);
    expect(await status(bob)).toBe(101);
    expect(await server.connectedClients()).toBe(11);
  });

  it('are refused with Retry-After, in words', async () => {
    await times(10, () => status(ada));
    const headers = { 'X-Forwarded-For': '203.0.113.1' };
    const peer = new RawPeer({ url: server.socketUrl(chatId), cookie: ada.cookie, headers });
    expect(await peer.answered).toMatch(/^HTTP\/1.1 429 .*\r\nretry-after: 30\r\n/is);
    peer.socket.destroy();
  });

  it('are so many for each address, whoever they are, IPv6 by the subscriber', async () => {
    expect(await times(8, () => status(ada, '2001:db8::1'))).toEqual(all(101, 8));
    expect(await times(7, () => status(bob, '2001:db8::2'))).toEqual(all(101, 7));
    expect(await status(bob, '2001:db8::3')).toBe(429);
    expect(await status(bob, '2001:db8:0:1::1')).toBe(101);
  });

  it('are no more when they are opened at once', async () => {
    const statuses = await Promise.all(Array.from({ length: 30 }, () => status(ada)));
    expect(statuses.filter((code) => code === 101)).toHaveLength(10);
    expect(statuses.filter((code) => code === 429)).toHaveLength(20);
  });

  it.each([
    ['closes', (peer: RawPeer) => peer.socket.end()],
    ['is cut off', (peer: RawPeer) => peer.socket.resetAndDestroy()],
  ])('leave room when one of them %s', async (_how, end) => {
    await times(10, () => status(ada));
    expect(await status(ada)).toBe(429);
    const [first] = opened;
    if (first) end(first);
    await letInAgain(ada);
    expect(await status(ada)).toBe(429);
  });

  it('leave room when the server ends them', async () => {
    const again = await server.person('ada');
    await times(10, () => status(again));
    await server.app.useCases.signOut(again.actor);
    for (const { socket } of opened) socket.end();
    await letInAgain(ada);
  });

  it.each([
    ['to a chat that is closed to one', () => status(bob, undefined, { Origin: 'http://evil.example' }), 403],
    ['of a version that there is not', () => status(bob, undefined, { 'Sec-WebSocket-Version': '7' }), 400],
  ])('are not counted when the handshake fails: %s', async (_what, fail, code) => {
    expect(await times(20, fail)).toEqual(all(code, 20));
    expect(await times(10, () => status(bob))).toEqual(all(101, 10));
  });

  it('are not counted when they are cut off while they wait for the answer', async () => {
    for (let round = 0; round < 5; round += 1) {
      let answer = () => {};
      storage.slowReads = new Promise((resolve) => (answer = resolve));
      const headers = { 'X-Forwarded-For': '203.0.113.1' };
      const peers = Array.from(
        { length: 10 },
        () => new RawPeer({ url: server.socketUrl(chatId), cookie: ada.cookie, headers }),
      );
      await Promise.all(peers.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
      for (const { socket } of peers) socket.resetAndDestroy();
      answer();
      storage.slowReads = undefined;
      await Promise.all(peers.map(({ closed }) => closed));
    }
    for (let place = 0; place < 10; place += 1) await letInAgain(ada);
    expect(await status(ada)).toBe(429);
  });

  it('are as many as anybody likes with RATE_LIMITS=off', async () => {
    const unlimited = await ChatServer.start();
    const person = await unlimited.person('ada');
    const room = await unlimited.chat(person);
    const peers = await Promise.all(
      Array.from({ length: 30 }, () => RawPeer.open({ url: unlimited.socketUrl(room), cookie: person.cookie })),
    );
    expect(await unlimited.connectedClients()).toBe(30);
    for (const { socket } of peers) socket.destroy();
    await unlimited.stop();
  });
});
