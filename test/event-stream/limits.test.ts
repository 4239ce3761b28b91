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
