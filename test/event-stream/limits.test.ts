import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { upgradeStatus } from '../websocket/chat-client.ts';
import { ChatServer } from '../websocket/chat-server.ts';
import { EventClient } from './event-client.ts';

const SECOND = 1000;

describe('event streams and sockets share', () => {
  it('the ten places of one person, and leave theirs when they end', async () => {
    const server = await ChatServer.start({ RATE_LIMITS: 'on' });
    const ada = await server.person('ada');
    const chatId = await server.chat(ada);
    const url = `${server.url}chat/${chatId}/events`;
    const open = () => EventClient.open({ url, cookie: ada.cookie });
    const streams = await Promise.all(Array.from({ length: 10 }, open));
    expect(streams.map(({ response }) => response.status)).toEqual(Array(10).fill(200));
    expect((await open()).response.status).toBe(429);
    expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: ada.cookie })).toBe(429);
    streams[0]?.leave();
    await vi.waitUntil(async () => (await server.connectedClients()) === 9);
    const socket = await server.joined(chatId, ada);
    expect((await open()).response.status).toBe(429);
    socket.socket.close();
    for (const stream of streams) stream.leave();
    await server.stop();
  });
});

describe('HT-2: an event stream', () => {
  it('is none of the connections per address', async () => {
    const server = await ChatServer.start({ RATE_LIMITS: 'on', LIMIT_CONNECTIONS_PER_ADDRESS: '2' });
    const ada = await server.person('ada');
    const url = `${server.url}chat/${await server.chat(ada)}/events`;
    const streams: EventClient[] = [];
    for (let n = 0; n < 6; n += 1) {
      const stream = await EventClient.open({ url, cookie: ada.cookie });
      expect((await stream.next())?.event).toBe('ready');
      streams.push(stream);
    }
    expect((await fetch(`${server.url}status`)).status).toBe(200);
    for (const stream of streams) stream.leave();
    await server.stop();
  });
});

describe('a deaf event stream', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('is ended with 1013', async () => {
    const server = await ChatServer.start();
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    const chatId = await server.chat(ada, bob);
    // More than the system takes for a socket that is not read.
    const text = '🐟'.repeat(9_999);
    for (let n = 0; n < 600; n += 1) await server.app.useCases.postMessage(ada.actor, { chatId, text });
    const { hostname, port, host } = new URL(server.url);
    const deaf = connect({ host: hostname, port: Number(port) }).pause();
    deaf.write(`GET /chat/${chatId}/events?after=1 HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n`);
    deaf.write(`Cookie: ${bob.cookie}\r\n\r\n`);
    await vi.waitUntil(async () => (await server.connectedClients()) === 1);
    const ended = () => server.log.entries.some(({ details }) => details.code === 1013);
    await vi.waitUntil(() => {
      vi.advanceTimersByTime(SECOND);
      return ended();
    });
    expect(await server.connectedClients()).toBe(0);
    const closed = once(deaf, 'close');
    deaf.resume();
    await closed;
    await server.stop();
  });
});

describe('a quiet event stream', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('gets a comment every 25 s, and `alive` after 25 s without an event', async () => {
    const server = await ChatServer.start();
    const ada = await server.person('ada');
    const chatId = await server.chat(ada);
    const client = await EventClient.open({ url: `${server.url}chat/${chatId}/events`, cookie: ada.cookie });
    await client.next();
    vi.advanceTimersByTime(25 * SECOND);
    expect(await client.next()).toMatchObject({ event: 'comment' });
    vi.advanceTimersByTime(2 * SECOND);
    expect(await client.next()).toEqual({ event: 'alive', id: undefined, data: { type: 'alive' } });
    client.leave();
    await server.stop();
  });
});

describe('a stream that is read too slowly', () => {
  it('is set aside, and gets every message once and in order when it is read again', async () => {
    const server = await ChatServer.start();
    const [ada, bob] = [await server.person('ada'), await server.person('bob')];
    const chatId = await server.chat(ada, bob);
    const quick = await server.joined(chatId, ada);
    const slow = await EventClient.open({ url: `${server.url}chat/${chatId}/events`, cookie: bob.cookie });
    expect((await slow.next())?.event).toBe('ready');
    const texts = Array.from({ length: 600 }, (_, n) => `${n} ${'🐟'.repeat(9_990)}`);
    for (const text of texts) await server.app.useCases.postMessage(ada.actor, { chatId, text });
    expect(await quick.nextTexts(600)).toEqual(texts);
    expect(await slow.nextTexts(600)).toEqual(texts);
    await server.app.useCases.postMessage(ada.actor, { chatId, text: 'live again' });
    expect(await slow.nextTexts(1)).toEqual(['live again']);
    slow.leave();
    quick.socket.close();
    await server.stop();
  });
});
