import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { ChatSocket } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let chatId: ChatId;

beforeAll(async () => {
  server = await ChatServer.start();
  ada = await server.person('ada');
  bob = await server.person('bob');
});
afterAll(() => server.stop());
beforeEach(async () => {
  chatId = await server.chat(ada, bob);
});

describe('a chat.v1 socket', () => {
  it('is told first where the chat stands, who it is, and of which installation and epoch, as every page is', async () => {
    const socket = await new ChatSocket({ url: server.socketUrl(chatId), cookie: bob.cookie }).opened();
    const { id, username } = bob.actor.user;
    const page = await (await fetch(new URL('/auth', server.url))).text();
    const [, installation, epoch] = page.match(/^<html [^>]*data-installation="([^"]+)" data-epoch="([^"]+)"/m) ?? [];
    expect(installation).toMatch(/^[\w-]{20,64}$/);
    expect(epoch).toMatch(/^[\w-]{20,64}$/);
    const you = { id, username };
    expect(await socket.nextFrame()).toEqual({ type: 'ready', chat_id: chatId, revision: 1, you, installation, epoch });
  });

  it('delivers a post to everybody, the author included, as one stored message', async () => {
    const [one, two] = [await server.joined(chatId, ada), await server.joined(chatId, bob)];
    one.post('first', 'hello, «bob» <b>&amp; 🐟');
    const frame = await two.nextFrame();
    expect(frame).toMatchObject({
      type: 'message',
      message: {
        chat_id: chatId,
        position: 2,
        revision: 2,
        client_id: 'first',
        kind: 'text',
        author: { id: ada.actor.user.id, username: 'ada' },
        text: 'hello, «bob» <b>&amp; 🐟',
      },
    });
    expect(await one.nextFrame()).toEqual(frame);
  });

  it('WS-11: keeps the order of a thousand posts that one socket sent without waiting', async () => {
    const [one, two] = [await server.joined(chatId, ada), await server.joined(chatId, bob)];
    const texts = Array.from({ length: 1000 }, (_, n) => `post ${n}`);
    for (const [n, text] of texts.entries()) one.post(`n-${n}`, text);
    expect(await two.nextTexts(1000)).toEqual(texts);
    expect(await one.nextTexts(1000)).toEqual(texts);
  });

  it('stores what is sent twice once, and shows it to the sender again', async () => {
    const [one, two] = [await server.joined(chatId, ada), await server.joined(chatId, bob)];
    for (let times = 0; times < 10; times += 1) one.post('same', 'once');
    const frames = await one.nextFrames(10);
    expect(new Set(frames.map((frame) => JSON.stringify(frame))).size).toBe(1);
    one.post('next', 'after');
    expect(await two.nextTexts(2)).toEqual(['once', 'after']);
  });

  it('refuses another text under a client id that was used', async () => {
    const socket = await server.joined(chatId, ada);
    socket.post('id', 'one');
    socket.post('id', 'two');
    const [, refused] = await socket.nextFrames(2);
    expect(refused).toMatchObject({ type: 'refused', client_id: 'id', code: 'conflict' });
  });

  it.each([
    ['white space only', { type: 'post', client_id: 'w', text: ' \n\t ' }, 'invalid_message'],
    ['a NUL', { type: 'post', client_id: 'w', text: 'a\0b' }, 'invalid_message'],
    ['half a surrogate pair', { type: 'post', client_id: 'w', text: 'a\ud800' }, 'invalid_message'],
    ['10,001 characters', { type: 'post', client_id: 'w', text: 'x'.repeat(10_001) }, 'invalid_message'],
    ['a client id with a space', { type: 'post', client_id: 'a b', text: 'hi' }, 'invalid_client_id'],
    ['no client id', { type: 'post', text: 'hi' }, 'bad_request'],
    ['a text that is a number', { type: 'post', client_id: 'w', text: 7 }, 'bad_request'],
    ['an unknown type', { type: 'shout', client_id: 'w', text: 'hi' }, 'bad_request'],
    ['null', null, 'bad_request'],
  ])('IV-4, WS-10: refuses %s, stores nothing and goes on', async (_what, frame, code) => {
    const socket = await server.joined(chatId, ada);
    socket.send(JSON.stringify(frame));
    expect(await socket.nextFrame()).toMatchObject({ type: 'refused', code });
    socket.post('fine', 'still here');
    expect(await socket.nextFrame()).toMatchObject({ type: 'message', message: { position: 2 } });
  });

  it.each([
    '{"type":"post","client_id":"d","text":"one","text":"two"}',
    '{"type":"post","client_id":"d","text":"one","te\\u0078t":"one"}',
    '{"type":"post","client_id":"d","text":"one","more":[{"a":1,"a":2}]}',
  ])('NM-1: refuses a frame in which a key stands twice: %s', async (frame) => {
    const socket = await server.joined(chatId, ada);
    socket.send(frame);
    expect(await socket.nextFrame()).toMatchObject({ type: 'refused', code: 'bad_request' });
  });

  it('WS-10: closes with 1008 at the tenth frame in a minute that is none', async () => {
    const socket = await server.joined(chatId, ada);
    for (let n = 0; n < 10; n += 1) socket.send(`{"type":"none","client_id":"${'x'.repeat(n * 10)}"}`);
    expect(await socket.closed).toBe(1008);
    const frames = socket.unread.map((frame) => JSON.parse(frame));
    expect(frames.every(({ type, code }) => type === 'refused' && code === 'bad_request')).toBe(true);
    // What is no client id is not said back.
    expect(frames.at(-1)).not.toHaveProperty('client_id');
  });

  it('AZ-4: refuses a frame that names another chat, and stores it nowhere', async () => {
    const elsewhere = await server.chat(bob, ada);
    const socket = await server.joined(chatId, ada);
    for (const other of [elsewhere, `${chatId}`, null]) {
      socket.send(JSON.stringify({ type: 'post', client_id: 'x', text: 'hi', chat_id: other }));
      expect(await socket.nextFrame()).toMatchObject({ type: 'refused', client_id: 'x', code: 'bad_request' });
    }
    socket.send(JSON.stringify({ type: 'post', client_id: 'x', text: 'hello', chat_id: chatId }));
    expect(await socket.nextFrame()).toMatchObject({ message: { chat_id: chatId, position: 2, text: 'hello' } });
    const there = await new ChatSocket({ url: server.socketUrl(elsewhere), cookie: bob.cookie }).opened();
    expect(await there.nextFrame()).toMatchObject({ type: 'ready', revision: 1 });
  });
});

describe('resuming', () => {
  it('brings what was missed, in order, and goes on live', async () => {
    const one = await server.joined(chatId, ada);
    for (const n of [1, 2, 3]) one.post(`r-${n}`, `missed ${n}`);
    await one.nextFrames(3);
    const two = await server.joined(chatId, bob, '?after=2');
    one.post('r-4', 'live');
    expect(await two.nextTexts(3)).toEqual(['missed 2', 'missed 3', 'live']);
  });

  it('brings everything after revision 0, joining notices included', async () => {
    const socket = await server.joined(chatId, bob, '?after=0');
    expect(await socket.nextFrame()).toMatchObject({ message: { kind: 'notice', text: 'bob joined', position: 1 } });
  });

  it('GS-5: loads anew when more than a thousand changes were missed', async () => {
    const { postMessage } = server.app.useCases;
    for (let n = 0; n < 1000; n += 1) await postMessage(ada.actor, { chatId, text: `bulk ${n}` });
    const late = await server.joined(chatId, bob, '?after=1');
    expect(await late.nextTexts(1000)).toHaveLength(1000);
    const later = await server.joined(chatId, bob, '?after=0');
    expect(await later.nextFrame()).toEqual({ type: 'reset', revision: 1001 });
    await postMessage(ada.actor, { chatId, text: 'live' });
    expect(await later.nextTexts(1)).toEqual(['live']);
  });

  it('loads anew when it knows a revision that the chat has not reached', async () => {
    const socket = await server.joined(chatId, bob, '?after=99');
    expect(await socket.nextFrame()).toEqual({ type: 'reset', revision: 1 });
  });
});
