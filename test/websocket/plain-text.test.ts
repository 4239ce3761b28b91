import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let chatId: ChatId;

beforeAll(async () => {
  server = await ChatServer.start();
  ada = await server.person('ada');
  bob = await server.person('bob');
  chatId = await server.chat(ada, bob);
});
afterAll(() => server.stop());

it('a plain socket sends texts, hears others as `name: text`, and not itself', async () => {
  const [one, two] = [await server.plain(chatId, ada), await server.plain(chatId, bob)];
  one.send('hello');
  expect(await two.next()).toBe('ada: hello');
  two.send('two\nlines: and a colon');
  expect(await one.next()).toBe('bob: two\nlines: and a colon');
  expect([...one.unread, ...two.unread]).toEqual([]);
});

it('what a person sends from one socket is heard on their others', async () => {
  const [one, other] = [await server.plain(chatId, ada), await server.plain(chatId, ada)];
  one.send('from here');
  expect(await other.next()).toBe('ada: from here');
});

it('plain text and chat.v1 meet in one chat', async () => {
  const [one, two] = [await server.plain(chatId, ada), await server.joined(chatId, bob)];
  two.post('p-1', 'structured');
  expect(await one.next()).toBe('bob: structured');
  one.send('plain');
  expect(await two.nextTexts(2)).toEqual(['structured', 'plain']);
});

it('what cannot be a message is answered by a line that no message looks like', async () => {
  const socket = await server.plain(chatId, ada);
  socket.send('   ');
  expect(await socket.next()).toMatch(/^\* [^:]+$/);
});

it('JSON is just text without the subprotocol', async () => {
  const [one, two] = [await server.plain(chatId, ada), await server.plain(chatId, bob)];
  one.send('{"type":"post","client_id":"a","text":"b"}');
  expect(await two.next()).toBe('ada: {"type":"post","client_id":"a","text":"b"}');
});
