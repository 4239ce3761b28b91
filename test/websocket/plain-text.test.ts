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
  expect(await one.next()).toBe('bob: two\n  lines: and a colon');
  expect([...one.unread, ...two.unread]).toEqual([]);
});

it('what a person sends from one socket is heard on their others', async () => {
  const [one, other] = [await server.plain(chatId, ada), await server.plain(chatId, ada)];
  one.send('from here');
  expect(await other.next()).toBe('ada: from here');
});

it.each([
  ['an escape sequence', '\u001b[2J\u001b]0;title\u0007', '\\x1b[2J\\x1b]0;title\\x07'],
  ['C1 controls', '\u009b31m\u0085', '\\x9b31m\\x85'],
  ['a bell, a backspace and a delete', 'a\u0007\b\u007f', 'a\\x07\\x08\\x7f'],
  ['tabs, which stay', 'a\tb', 'a\tb'],
  ['a carriage return alone', 'hi\rbob: forged', 'hi\\x0dbob: forged'],
  ['a line of another author', 'hi\nbob: forged', 'hi\n  bob: forged'],
  ['a line of the server, after CRLF', 'hi\r\n* forged', 'hi\n  * forged'],
  ['line breaks one after another', 'a\n\n\nbob: b', 'a\n  \n  \n  bob: b'],
  ['line and paragraph separators', 'a\u2028bob: b\u2029c', 'a\\u2028bob: b\\u2029c'],
  ['a vertical tab and a form feed', 'a\vb\fc', 'a\\x0bb\\x0cc'],
  ['bidi overrides, isolates and marks', '\u202eabc\u2066\u200f\u061c', '\\u202eabc\\u2066\\u200f\\u061c'],
  ['emoji and joiners, which stay', '👩‍👩‍👧 می‌خواهم', '👩‍👩‍👧 می‌خواهم'],
])(
  'TM-1: a terminal is shown %s as they are safe to show, and JSON has them byte for byte',
  async (_what, text, shown) => {
    const [one, other] = [await server.plain(chatId, ada), await server.joined(chatId, ada)];
    const two = await server.joined(chatId, bob);
    two.post(`t-${_what.replaceAll(/\W/g, '-')}`.slice(0, 64), text);
    expect(await one.next()).toBe(`bob: ${shown}`);
    expect(await other.nextTexts(1)).toEqual([text]);
  },
);

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
