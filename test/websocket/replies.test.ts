import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { UserSocket } from './chat-client.ts';
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

const quote = { position: 2, author: { username: 'ada' }, kind: 'text', snippet: 'Shall we sail?' };

it('a post frame with reply_to answers a message, on both kinds of sockets', async () => {
  const follower = await server.joined(chatId, ada);
  const user = await new UserSocket({ url: server.userSocketUrl, cookie: bob.cookie }).opened();
  follower.post('q', 'Shall we sail?');
  await follower.nextFrame();
  const reply = { type: 'post', chat_id: chatId, client_id: 'r', text: 'Yes', reply_to: 2 } as const;
  user.say(reply);
  const answered = { text: 'Yes', client_id: 'r', reply_to: quote };
  expect(await user.nextOf('message')).toMatchObject({ chat_id: chatId, message: answered });
  expect(await follower.nextFrame()).toMatchObject({ type: 'message', message: answered });
  follower.send(JSON.stringify({ ...reply, reply_to: 3 }));
  expect(await follower.nextFrame()).toMatchObject({ message: { reply_to: { position: 3, snippet: 'Yes' } } });
  user.socket.close();
});

it('a post frame is refused when it answers nothing, and when its client id was used for another answer', async () => {
  const socket = await server.joined(chatId, ada);
  const post = (more: object) => socket.send(JSON.stringify({ type: 'post', client_id: 'c', text: 'x', ...more }));
  post({ reply_to: 99 });
  expect(await socket.nextFrame()).toMatchObject({ type: 'refused', client_id: 'c', code: 'invalid_reply' });
  for (const reply_to of ['1', true, {}]) {
    post({ reply_to });
    expect(await socket.nextFrame()).toMatchObject({ type: 'refused', client_id: 'c', code: 'invalid_reply' });
  }
  post({ reply_to: 1 });
  expect(await socket.nextFrame()).toMatchObject({ type: 'message', message: { reply_to: { position: 1 } } });
  post({ reply_to: null });
  expect(await socket.nextFrame()).toMatchObject({ type: 'refused', client_id: 'c', code: 'conflict' });
});

it('a change of the original is its own frame, and takes no revision of the replies', async () => {
  const socket = await server.joined(chatId, bob);
  const { postMessage, deleteMessage } = server.app.useCases;
  const { message } = await postMessage(ada.actor, { chatId, text: 'secret' });
  await postMessage(bob.actor, { chatId, text: 'Yes', replyTo: message.position });
  await deleteMessage(ada.actor, message);
  await postMessage(bob.actor, { chatId, text: 'after' });
  const frames = await socket.nextFrames(4);
  expect(frames.map((frame) => frame.type === 'message' && [frame.message.revision, frame.message.kind])).toEqual([
    [2, 'text'],
    [3, 'text'],
    [4, 'deleted'],
    [5, 'text'],
  ]);
  const late = await server.joined(chatId, bob, '?after=1');
  expect(JSON.stringify(await late.nextFrames(3))).not.toContain('secret');
});
