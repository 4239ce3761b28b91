import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { TextSocket } from './chat-client.ts';
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
beforeEach(async () => {
  chatId = await server.chat(ada, bob);
});
afterAll(() => server.stop());

async function post(text: string): Promise<Message> {
  const { message } = await server.app.useCases.postMessage(ada.actor, { chatId, text });
  return message;
}

const edit = (message: Message, text: string) =>
  server.app.useCases.editMessage(ada.actor, { ...message, text, base: message.revision });

it('a JSON socket gets each change of a message, one revision after another', async () => {
  const socket = await server.joined(chatId, bob);
  const message = await post('first');
  await edit(message, 'second');
  await server.app.useCases.deleteMessage(ada.actor, message);
  await server.app.useCases.restoreMessage(ada.actor, message);
  const states = [
    await socket.nextFrame(),
    await socket.nextFrame(),
    await socket.nextFrame(),
    await socket.nextFrame(),
  ];
  expect(
    states.map((frame) => frame.type === 'message' && [frame.message.revision, frame.message.kind, frame.message.text]),
  ).toEqual([
    [2, 'text', 'first'],
    [3, 'text', 'second'],
    [4, 'deleted', ''],
    [5, 'text', 'second'],
  ]);
});

it('who resumes gets each message that changed once, as it is now, and no deleted words', async () => {
  // So that the feed has seen the changes, and answers from what it remembers.
  await server.joined(chatId, ada);
  const [first, second, third] = [await post('one'), await post('two'), await post('three')];
  await edit(first, 'one, edited');
  await server.app.useCases.deleteMessage(ada.actor, second);
  await edit(third, 'three, edited');
  const socket = await server.joined(chatId, bob, '?after=2');
  const frames = [await socket.nextFrame(), await socket.nextFrame(), await socket.nextFrame()];
  expect(frames.map((frame) => frame.type === 'message' && [frame.message.revision, frame.message.text])).toEqual([
    [5, 'one, edited'],
    [6, ''],
    [7, 'three, edited'],
  ]);
});

it('a plain socket hears of posts only', async () => {
  const socket = await server.plain(chatId, bob);
  const first = await post('first');
  await edit(first, 'edited');
  await post('second');
  await server.app.useCases.deleteMessage(ada.actor, first);
  await server.app.useCases.restoreMessage(ada.actor, first);
  await post('third');
  expect([await socket.next(), await socket.next(), await socket.next()]).toEqual([
    'ada: first',
    'ada: second',
    'ada: third',
  ]);
});

it('a plain socket that resumes hears each missed post once, also those that changed since, behind however much', async () => {
  const missed: Message[] = [];
  for (let n = 0; n < 30; n += 1) missed.push(await post(`${n} ${'x'.repeat(9_900)}`));
  const [first, second, third] = missed as [Message, Message, Message];
  await server.app.useCases.reactToMessage(ada.actor, { ...first, emoji: '👍', on: true });
  const edited = await edit(second, 'edited');
  await server.app.useCases.deleteMessage(ada.actor, third);
  const socket = new TextSocket({ url: server.socketUrl(chatId, '?after=1'), cookie: bob.cookie });
  await socket.opened();
  const heard: string[] = [];
  for (let n = 0; n < 29; n += 1) heard.push((await socket.next()).slice(0, 'ada: edited'.length).trim());
  const inOrder = missed.slice(3).map((_message, index) => `ada: ${index + 3}`);
  expect(heard.map((line) => line.replace(/ x+$/, ''))).toEqual([...inOrder, 'ada: 0', 'ada: edited']);
  await server.app.useCases.reactToMessage(ada.actor, { ...first, emoji: '👍', on: false });
  await edit(edited, 'edited again');
  await post('live');
  expect(await socket.next()).toBe('ada: live');
});
