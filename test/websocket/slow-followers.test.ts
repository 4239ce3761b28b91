import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outbound } from '../../src/adapters/delivery/outbound.ts';
import { ChatServer, type Person } from './chat-server.ts';
import { RawPeer } from './raw-peer.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  server = await ChatServer.start();
  ada = await server.person('ada');
  bob = await server.person('bob');
});
afterAll(() => server.stop());

describe('a follower that stops reading for a while', () => {
  it('holds up nobody, and then gets every message once and in order', async () => {
    const chatId = await server.chat(ada, bob);
    const [quick, slow] = [await server.joined(chatId, ada), await server.joined(chatId, bob)];
    slow.socket.pause();
    const texts = Array.from({ length: 600 }, (_, n) => `${n} ${'🐟'.repeat(9_990)}`);
    for (const text of texts) await server.app.useCases.postMessage(ada.actor, { chatId, text });
    expect(await quick.nextTexts(600)).toEqual(texts);
    slow.socket.resume();
    expect(await slow.nextTexts(600)).toEqual(texts);
    await server.app.useCases.postMessage(ada.actor, { chatId, text: 'live again' });
    expect(await slow.nextTexts(1)).toEqual(['live again']);
  });
});

describe('a peer is too slow', () => {
  const SECOND = 1000;

  /** Takes nothing until it is read. */
  function unread(): { stream: PassThrough; outbound: Outbound } {
    const stream = new PassThrough({ readableHighWaterMark: 0, writableHighWaterMark: 0 });
    return { stream, outbound: new Outbound(stream) };
  }

  it('after ten seconds with more than 1 MiB unsent', () => {
    const { outbound } = unread();
    expect(outbound.write(Buffer.alloc(1024 * 1024), 1)).toBe(true);
    expect(outbound.isTooSlow(0)).toBe(false);
    expect(outbound.write(Buffer.alloc(100_000), 1)).toBe(false);
    expect(outbound.isTooSlow(1 * SECOND)).toBe(false);
    expect(outbound.isTooSlow(10.9 * SECOND)).toBe(false);
    expect(outbound.isTooSlow(11 * SECOND)).toBe(true);
  });

  it('after ten seconds with more than 256 frames unsent', () => {
    const { outbound } = unread();
    for (let n = 0; n < 400; n += 1) outbound.write(Buffer.alloc(100), 1);
    expect(outbound.isTooSlow(0)).toBe(false);
    expect(outbound.isTooSlow(10 * SECOND)).toBe(true);
  });

  it('but not when it caught up in between', () => {
    const { stream, outbound } = unread();
    for (let n = 0; n < 400; n += 1) outbound.write(Buffer.alloc(100), 1);
    expect(outbound.isTooSlow(0)).toBe(false);
    stream.resume();
    while (stream.writableLength > 0) stream.read();
    expect(outbound.isTooSlow(9 * SECOND)).toBe(false);
    for (let n = 0; n < 10; n += 1) outbound.write(Buffer.alloc(100), 1);
    expect(outbound.isTooSlow(11 * SECOND)).toBe(false);
  });
});

describe('HT-1: followers that do not read what they missed', () => {
  // Without the heartbeat, nothing else ends them.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  it('are closed with 1013, those that have waited longest first, once all together have too much unsent', async () => {
    const limits = { RATE_LIMITS: 'on', LIMIT_WRITES: '1000/1s', LIMIT_SOCKETS_PER_USER: '100' };
    const limited = await ChatServer.start({ ...limits, LIMIT_UNSENT_MIB: '1' });
    const [carl, dora] = [await limited.person('carl'), await limited.person('dora')];
    const chatId = await limited.chat(carl, dora);
    const text = '\u0001'.repeat(10_000);
    for (let n = 0; n < 200; n += 1) await limited.app.useCases.postMessage(carl.actor, { chatId, text });
    const headers = { 'Sec-WebSocket-Protocol': 'chat.v1' };
    const deaf: RawPeer[] = [];
    for (let n = 0; n < 20; n += 1) {
      const url = limited.socketUrl(chatId, `?after=${n + 3}`);
      const peer = await RawPeer.open({ url, cookie: dora.cookie, headers });
      peer.socket.pause();
      deaf.push(peer);
    }
    const closed = () => limited.log.entries.filter(({ details }) => details.code === 1013).length;
    // Of 120 kB each, eight fit in 1 MiB.
    await vi.waitUntil(() => closed() === 12, { timeout: 20_000 });
    const reading = await limited.joined(chatId, carl, '?after=3');
    expect(await reading.nextTexts(198)).toEqual(Array(198).fill(text));
    for (const { socket } of deaf) socket.destroy();
    reading.socket.close();
    await limited.stop();
  });
});

describe('a member who sends and does not read', () => {
  it('is not listened to once enough answers are unsent, and gets all of them in the end', async () => {
    const chatId = await server.chat(ada, bob);
    const [deaf, other] = [await server.joined(chatId, ada), await server.joined(chatId, bob)];
    other.post('long', '🐟'.repeat(9_999));
    await other.nextTexts(1);
    await deaf.nextTexts(1);
    deaf.socket.pause();
    // Each is answered with the stored message again: 40 kB for some bytes.
    const again = await server.joined(chatId, bob);
    again.socket.pause();
    for (let n = 0; n < 500; n += 1) again.post('long', '🐟'.repeat(9_999));
    other.post('next', 'still here');
    expect(await other.nextTexts(1)).toEqual(['still here']);
    again.socket.resume();
    const texts = await again.nextTexts(501);
    expect(texts.filter((text) => text === 'still here')).toHaveLength(1);
    deaf.socket.resume();
    expect(await deaf.nextTexts(1)).toEqual(['still here']);
  });
});
