import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { WireTally } from '../../src/adapters/wire/message.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import type { ChatSocket } from './chat-client.ts';
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
  return (await server.app.useCases.postMessage(ada.actor, { chatId, text })).message;
}

let sent = 0;

/** Answers the client_id. */
function react(socket: ChatSocket, { position }: Message, emoji: unknown, on: unknown = true): string {
  sent += 1;
  const client_id = `r-${sent}`;
  socket.send(JSON.stringify({ type: 'react', client_id, position, emoji, on }));
  return client_id;
}

const stored = async ({ position }: Message) =>
  (await server.app.useCases.viewMessage(ada.actor, { chatId, position })) as Message & {
    readonly reactions: readonly WireTally[];
  };

it('react is answered by the whole tally, which every follower gets, and no summary changes', async () => {
  const message = await post('first');
  const [own, other] = [await server.joined(chatId, bob), await server.joined(chatId, ada)];
  react(own, message, '👍');
  const frame = await own.nextFrame();
  expect(frame).toEqual({
    type: 'reactions',
    chat_id: chatId,
    position: message.position,
    revision: message.revision + 1,
    reactions: [{ emoji: '👍', count: 1, users: [{ id: bob.actor.user.id, username: 'bob' }] }],
  });
  expect(await other.nextFrame()).toEqual(frame);
});

it('off three times removes once, each of them is answered by the tally, and it takes one revision', async () => {
  const message = await post('first');
  const socket = await server.joined(chatId, bob);
  react(socket, message, '👍');
  for (let n = 0; n < 3; n += 1) react(socket, message, '👍', false);
  const [, ...offs] = await socket.nextFrames(4);
  const gone = { type: 'reactions', position: message.position, revision: message.revision + 2, reactions: [] };
  expect(offs).toMatchObject([gone, gone, gone]);
});

it('react on a socket of user.v1 names its chat', async () => {
  const message = await post('first');
  const { socket } = await server.userSocket(bob);
  await socket.follow(chatId);
  const { position } = message;
  socket.say({ type: 'react', chat_id: chatId, client_id: 'r', position, emoji: '❤', on: true });
  expect(await socket.nextOf('reactions')).toMatchObject({ chat_id: chatId, position, reactions: [{ emoji: '❤️' }] });
});

it('a react that cannot be done is refused with its client_id, and one of another shape as malformed', async () => {
  const message = await post('first');
  const socket = await server.joined(chatId, bob);
  const ids = [
    react(socket, message, 'x'),
    react(socket, { ...message, position: 99 } as Message, '👍'),
    react(socket, message, '👍', 'yes'),
    react(socket, message, 1),
  ];
  expect(await socket.nextFrames(4)).toMatchObject([
    { type: 'refused', client_id: ids[0], code: 'invalid_emoji' },
    { type: 'refused', client_id: ids[1], code: 'not_found' },
    { type: 'refused', client_id: ids[2], code: 'bad_request' },
    { type: 'refused', client_id: ids[3], code: 'bad_request' },
  ]);
});

it('a plain-text socket hears nothing of reactions', async () => {
  const message = await post('first');
  const socket = await server.plain(chatId, bob);
  await server.app.useCases.reactToMessage(ada.actor, { chatId, position: message.position, emoji: '👍', on: true });
  await post('second');
  expect(await socket.next()).toBe('ada: second');
});

it('a frame of reactions to a message of 10,000 characters has less than 2 kB, and none of the text', async () => {
  const message = await post('shoal '.repeat(1_666));
  const socket = await server.joined(chatId, bob);
  for (const emoji of ['👍', '❤', '😂', '🎉', '👩‍👩‍👧‍👦']) {
    await server.app.useCases.reactToMessage(ada.actor, { chatId, position: message.position, emoji, on: true });
    react(socket, message, emoji);
  }
  let last = '';
  for (let n = 0; n < 10; n += 1) last = await socket.next();
  expect(JSON.parse(last)).toMatchObject({ reactions: Array(5).fill({ count: 2 }) });
  expect(Buffer.byteLength(last)).toBeLessThan(2_000);
  expect(last).not.toContain('shoal');
});

it('ten sockets that send 1,000 reactions at random, on and off, end with what is stored', async () => {
  const people = [ada, bob];
  for (let n = 0; n < 8; n += 1) people.push(await server.person(`reactor-${n}`));
  chatId = await server.chat(ada, ...people.slice(1));
  const messages = [await post('one'), await post('two'), await post('three')];
  const sockets: ChatSocket[] = [];
  for (const person of people) sockets.push(await server.joined(chatId, person));
  const any = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;
  for (let n = 0; n < 1_000; n += 1) react(any(sockets), any(messages), any(['👍', '❤', '😂']), Math.random() < 0.5);
  const watched = sockets.map(watch);
  for (const socket of sockets) socket.send('{"type":"alive"}');
  for (const { answered } of watched) await answered;
  await post(THE_END);
  const late = watch(await server.joined(chatId, ada, '?after=0'));
  const now = new Map<number, readonly WireTally[]>();
  for (const message of messages) now.set(message.position, (await stored(message)).reactions);
  for (const { ended } of [...watched, late]) expect(await ended).toEqual(now);
});

const THE_END = 'the end';

/** Takes what a socket is told, as a client does, until the last message. */
function watch(socket: ChatSocket) {
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  const read = async () => {
    const shown = new Map<number, readonly WireTally[]>();
    for (;;) {
      const frame = await socket.nextFrame();
      if (frame.type === 'alive') resolve();
      if (frame.type === 'reactions') shown.set(frame.position, frame.reactions);
      if (frame.type !== 'message') continue;
      if (frame.message.text === THE_END) return shown;
      if (frame.message.kind === 'text') shown.set(frame.message.position, frame.message.reactions);
    }
  };
  return { answered, ended: read() };
}
