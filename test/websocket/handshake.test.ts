import { once } from 'node:events';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CLOCK, STORAGE } from '../../src/composition/tokens.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { type BreakableStorage, breakable, HOUR, stoppedClock } from '../fakes.ts';
import { ChatServer, type Person } from './chat-server.ts';
import { handshake, RawPeer } from './raw-peer.ts';

let server: ChatServer;
let storage: BreakableStorage;
let ada: Person;
let chatId: ChatId;

beforeAll(async () => {
  server = await ChatServer.start({ RATE_LIMITS: 'off' }, (wiring) => {
    const opened = breakable(wiring.get(STORAGE));
    storage = opened;
    wiring.bind(STORAGE, () => opened);
  });
  ada = await server.person('ada');
  chatId = await server.chat(ada);
});
afterAll(() => server.stop());

async function answerTo(request: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = createConnection(Number(port), hostname);
  socket.write(request);
  return text(socket);
}

async function statusWith(headers: Record<string, string | undefined>): Promise<number> {
  const peer = new RawPeer({ url: server.socketUrl(chatId), cookie: ada.cookie, headers });
  const answer = await peer.answered;
  peer.socket.destroy();
  return Number(answer.split(' ')[1]);
}

describe('WS-5: a handshake', () => {
  it.each([
    ['without a key', { 'Sec-WebSocket-Key': undefined }, 400],
    ['with a key that is none', { 'Sec-WebSocket-Key': 'short' }, 400],
    ['without a version', { 'Sec-WebSocket-Version': undefined }, 400],
    ['of version 7', { 'Sec-WebSocket-Version': '7' }, 400],
    ['of a version that is none', { 'Sec-WebSocket-Version': 'x' }, 400],
    ['with subprotocols that are none', { 'Sec-WebSocket-Protocol': 'a,,b' }, 400],
    ['with a good key and version', {}, 101],
  ])('WS-5: %s is answered', async (_what, headers, status) => {
    expect(await statusWith(headers)).toBe(status);
  });

  it('SE-6: prolongs the cookie, where it prolongs the session', async () => {
    const clock = stoppedClock();
    const aged = await ChatServer.start({}, (wiring) => wiring.bind(CLOCK, () => clock));
    onTestFinished(() => aged.stop());
    const bob = await aged.person('bob');
    const url = aged.socketUrl(await aged.chat(bob));
    expect(await new RawPeer({ url, cookie: bob.cookie }).answered).not.toMatch(/set-cookie/i);
    clock.advance(HOUR);
    const answer = await new RawPeer({ url, cookie: bob.cookie }).answered;
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    expect(answer).toContain(`${bob.cookie}; Max-Age=604800`);
  });

  it('WS-5: says which versions there are', async () => {
    const peer = new RawPeer({
      url: server.socketUrl(chatId),
      cookie: ada.cookie,
      headers: { 'Sec-WebSocket-Version': '99' },
    });
    expect(await peer.answered).toMatch(/^HTTP\/1.1 400 .*\r\nSec-WebSocket-Version: 13/is);
  });

  it.each(['POST', 'PUT', 'HEAD'])('WS-5: by %s opens nothing', async (method) => {
    const request = handshake({ url: server.socketUrl(chatId), cookie: ada.cookie }).replace('GET', method);
    expect(await answerTo(request.replace('Connection: Upgrade', 'Connection: Upgrade, close'))).toMatch(
      /^HTTP\/1.1 4\d\d /,
    );
  });

  it.each(['h2c', 'TLS/1.0', 'websocketx', ''])('WS-5: to %j is a plain request', async (upgrade) => {
    const request = `GET /status HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: ${upgrade}\r\n\r\n`;
    const [line] = (await answerTo(request)).split('\r\n');
    expect(line).toBe('HTTP/1.1 200 OK');
  });

  it.each(['GET /status', 'GET /', 'POST /newchat'])('WS-5: at %s is not left waiting', async (where) => {
    const request = handshake({ url: server.url.replace('http', 'ws') }).replace('GET /', where);
    expect(await answerTo(request.replace('Connection: Upgrade', 'Connection: Upgrade, close'))).toMatch(/^HTTP\/1.1 /);
  });

  it('WS-5: that is refused is cut off from a peer that does not hang up', async () => {
    const { hostname, port } = new URL(server.url);
    const peer = createConnection({ host: hostname, port: Number(port), allowHalfOpen: true });
    peer.on('error', () => undefined).write(handshake({ url: server.socketUrl(chatId) }));
    expect(await text(peer)).toMatch(/^HTTP\/1.1 401 /);
    // Who is cut off finds out by going on.
    const goingOn = setInterval(() => peer.write('.'), 50);
    await new Promise((resolve) => peer.once('close', resolve));
    clearInterval(goingOn);
  });

  it.each([
    ['is cut off', (peer: RawPeer) => peer.socket.resetAndDestroy()],
    ['says goodbye', (peer: RawPeer) => peer.socket.end()],
    ['sends frames ahead', (peer: RawPeer) => peer.write(Buffer.alloc(100_000, 0xff))],
  ])('WS-5: whose peer %s while it waits harms nobody', async (_what, act) => {
    let answer = () => {};
    storage.slowReads = new Promise((resolve) => (answer = resolve));
    const peers = Array.from({ length: 20 }, () => new RawPeer({ url: server.socketUrl(chatId), cookie: ada.cookie }));
    await Promise.all(peers.map(({ socket }) => once(socket, 'connect')));
    for (const peer of peers) act(peer);
    answer();
    storage.slowReads = undefined;
    for (const { socket } of peers) socket.end();
    await Promise.all(peers.map(({ closed }) => closed));
    expect(await statusWith({})).toBe(101);
  });
});
