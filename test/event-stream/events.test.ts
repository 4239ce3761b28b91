import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ChatServer, type Person } from '../websocket/chat-server.ts';
import { EventClient } from './event-client.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  server = await ChatServer.start();
  ada = await server.person('ada');
  bob = await server.person('bob');
});
afterAll(() => server.stop());

const eventsUrl = (chatId: number, query = '') => `${server.url}chat/${chatId}/events${query}`;
const post = (chatId: Awaited<ReturnType<ChatServer['chat']>>, text: string) =>
  server.app.useCases.postMessage(ada.actor, { chatId, text, clientId: undefined });

describe('where WebSockets cannot pass, a chat is followed by server-sent events', () => {
  it('with the frames of chat.v1, and the revision as the id of changes only', async () => {
    const chatId = await server.chat(ada, bob);
    const client = await EventClient.open({ url: eventsUrl(chatId), cookie: bob.cookie });
    expect([client.response.status, client.response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect(client.response.headers.get('cache-control')).toBe('no-store');
    expect(client.response.headers.get('x-accel-buffering')).toBe('no');
    expect(client.response.headers.get('x-content-type-options')).toBe('nosniff');
    const socket = await server.joined(chatId, bob);
    const ready = await client.next();
    expect(ready).toMatchObject({
      event: 'ready',
      id: undefined,
      data: { type: 'ready', chat_id: chatId, revision: 1, you: { id: bob.actor.user.id, username: 'bob' } },
    });
    await post(chatId, 'two\nlines, \u2028 and "quotes"');
    const frame = await socket.nextFrame();
    expect(await client.next()).toEqual({ event: 'message', id: '2', data: frame });
    client.leave();
    socket.socket.close();
  });

  it('that resume after a revision, which Last-Event-ID names with more right than the address', async () => {
    const chatId = await server.chat(ada, bob);
    for (const text of ['a', 'b', 'c']) await post(chatId, text);
    const resumed = await EventClient.open({ url: eventsUrl(chatId, '?after=2'), cookie: bob.cookie });
    expect(await resumed.nextTexts(3)).toEqual(['ready', 'b', 'c']);
    const again = await EventClient.open({
      url: eventsUrl(chatId, '?after=2'),
      cookie: bob.cookie,
      headers: { 'last-event-id': '3' },
    });
    expect(await again.nextTexts(2)).toEqual(['ready', 'c']);
    await post(chatId, 'd');
    expect(await resumed.nextTexts(1)).toEqual(['d']);
    expect(await again.nextTexts(1)).toEqual(['d']);
    const lost = await EventClient.open({ url: eventsUrl(chatId, '?after=99'), cookie: bob.cookie });
    expect(await lost.nextTexts(2)).toEqual(['ready', 'reset']);
    const bad = await EventClient.open({ url: eventsUrl(chatId, '?after=x'), cookie: bob.cookie });
    expect(bad.response.status).toBe(400);
    for (const client of [resumed, again, lost]) client.leave();
  });

  it('which end with the code that a socket would be closed with', async () => {
    const chatId = await server.chat(ada, bob);
    const carl = await server.person('carl');
    const { code } = await server.app.useCases.createInvite(ada.actor, chatId);
    await server.app.useCases.redeemInvite(carl.actor, code);
    const removed = await EventClient.open({ url: eventsUrl(chatId), cookie: bob.cookie });
    const signedOut = await EventClient.open({ url: eventsUrl(chatId), cookie: carl.cookie });
    await removed.next();
    await signedOut.next();
    await server.app.useCases.removeMember(ada.actor, { chatId, userId: bob.actor.user.id });
    expect(await removed.next()).toEqual({ event: 'end', id: undefined, data: { type: 'end', code: 4403 } });
    expect(await removed.next()).toBeUndefined();
    await signedOut.next();
    await fetch(`${server.url}logout`, { method: 'POST', headers: { cookie: carl.cookie }, redirect: 'manual' });
    expect(await signedOut.next()).toMatchObject({ event: 'end', data: { code: 4401 } });
    expect(await signedOut.next()).toBeUndefined();
  });

  it('and tell the details when asked for them', async () => {
    const chatId = await server.chat(ada);
    const client = await EventClient.open({ url: eventsUrl(chatId, '?details=1'), cookie: ada.cookie });
    await client.next();
    expect((await client.next())?.data).toEqual({ type: 'details', name: 'Harbour', members: 1, connected: 1 });
    client.leave();
  });

  it('that count as open sockets until the client hangs up', async () => {
    await vi.waitUntil(async () => (await server.connectedClients()) === 0);
    const chatId = await server.chat(ada);
    const client = await EventClient.open({ url: eventsUrl(chatId), cookie: ada.cookie });
    await client.next();
    expect(await server.connectedClients()).toBe(1);
    client.leave();
    await vi.waitUntil(async () => (await server.connectedClients()) === 0);
  });
});

describe('an event stream is refused', () => {
  const statusOf = async (headers: Record<string, string>, method = 'GET') => {
    const chatId = await server.chat(ada);
    const response = await fetch(eventsUrl(chatId), { method, redirect: 'manual', headers });
    const { status } = response;
    await response.body?.cancel();
    return status;
  };
  const EVENTS = { accept: 'text/event-stream' };

  it('to anybody but members, as the socket is', async () => {
    expect(await statusOf(EVENTS)).toBe(401);
    expect(await statusOf({ ...EVENTS, cookie: bob.cookie })).toBe(403);
    expect(await statusOf({ accept: 'text/html' })).toBe(303);
  });

  it('to a caller that does not ask for events', async () => {
    for (const accept of ['*/*', 'application/json', 'text/html', 'text/event-streams']) {
      expect(await statusOf({ accept, cookie: ada.cookie })).toBe(406);
    }
    expect(await statusOf({ accept: 'application/json;q=0.1, Text/Event-Stream;q=1', cookie: ada.cookie })).toBe(200);
  });

  it('to other sites: it would take a place of the visitor', async () => {
    for (const foreign of [{ 'sec-fetch-site': 'same-site' }, { origin: 'https://host.evil' }]) {
      expect(await statusOf({ ...EVENTS, cookie: ada.cookie, ...foreign })).toBe(403);
    }
  });

  it('and HEAD is answered without opening one', async () => {
    await vi.waitUntil(async () => (await server.connectedClients()) === 0);
    expect(await statusOf({ ...EVENTS, cookie: ada.cookie }, 'HEAD')).toBe(200);
    expect(await server.connectedClients()).toBe(0);
  });
});

describe('a stop', () => {
  it('ends event streams with 1012', async () => {
    const stopping = await ChatServer.start();
    const eve = await stopping.person('eve');
    const chatId = await stopping.chat(eve);
    const client = await EventClient.open({ url: `${stopping.url}chat/${chatId}/events`, cookie: eve.cookie });
    await client.next();
    const stopped = stopping.stop();
    expect(await client.next()).toEqual({ event: 'end', id: undefined, data: { type: 'end', code: 1012 } });
    expect(await client.next()).toBeUndefined();
    await stopped;
  });
});
