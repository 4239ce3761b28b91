import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import type { UserSocket } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let eve: Person;
let chat: ChatId;

beforeAll(async () => {
  server = await ChatServer.start();
});
afterAll(() => server.stop());

let people = 0;
beforeEach(async () => {
  people += 1;
  ada = await server.person(`ada${people}`);
  bob = await server.person(`bob${people}`);
  eve = await server.person(`eve${people}`);
  chat = await server.chat(ada, bob);
});

const connect = async (person: Person): Promise<UserSocket> => (await server.userSocket(person)).socket;

const rename = async (person: Person, username: string) => {
  const headers = { 'content-type': 'application/json', cookie: person.cookie };
  const answer = await fetch(new URL('/account/username', server.url), {
    ...{ method: 'PUT', headers, body: JSON.stringify({ username }) },
  });
  expect(answer.status).toBe(200);
};

describe('a rename', () => {
  it('is told on user.v1 to its user and to those who share a chat, and to no stranger', async () => {
    const sockets = await Promise.all([ada, bob, eve].map(connect));
    const [adas, bobs, eves] = sockets;
    if (!adas || !bobs || !eves) throw new Error('Not connected.');
    await rename(bob, `robert${people}`);
    const told = { type: 'user', user: { id: bob.actor.user.id, username: `robert${people}` } };
    expect([await adas.nextOf('user'), await bobs.nextOf('user')]).toEqual([told, told]);
    eves.say({ type: 'follow', chat_id: chat });
    expect((await eves.nextOf('user', 'refused')).type).toBe('refused');
  });

  it('is told on chat.v1, and what its user posts on an open socket has the new name, in plain text too', async () => {
    const adas = await server.joined(chat, ada);
    const plain = await server.plain(chat, ada);
    const bobs = await server.joined(chat, bob);
    await rename(bob, `robert${people}`);
    const user = { id: bob.actor.user.id, username: `robert${people}` };
    expect(await adas.nextFrame()).toEqual({ type: 'user', user });
    expect(await bobs.nextFrame()).toEqual({ type: 'user', user });
    bobs.post('c-1', 'hi');
    expect(await adas.nextFrame()).toMatchObject({ type: 'message', message: { author: user } });
    expect(await plain.next()).toBe(`robert${people}: hi`);
  });

  it('renames direct chats in the lists of the others, and those who are present and typing', async () => {
    const { chatId } = await server.app.useCases.openDirectChat(ada.actor, { usernames: [`bob${people}`] });
    const [adas, bobs] = [await connect(ada), await connect(bob)];
    await rename(bob, `robert${people}`);
    for (;;) {
      const frame = await adas.nextOf('chat');
      if (frame.chat.id === chatId && frame.chat.name === `robert${people}`) break;
    }
    bobs.say({ type: 'presence', state: 'active' });
    expect((await adas.nextOf('presence')).user.username).toBe(`robert${people}`);
    bobs.say({ type: 'typing', chat_id: chat });
    expect((await adas.nextOf('typing')).user.username).toBe(`robert${people}`);
  });

  it('is told after hello to a client that was away, and leaves the session and its socket as they are', async () => {
    const bobs = await connect(bob);
    await rename(bob, `robert${people}`);
    await bobs.nextOf('user');
    const { socket, hello } = await server.userSocket(ada);
    expect(hello.chats.map(({ id }) => id)).toEqual([chat]);
    expect((await socket.nextOf('user')).user.username).toBe(`robert${people}`);
    bobs.say({ type: 'follow', chat_id: chat });
    expect((await bobs.nextOf('ready')).you.username).toBe(`robert${people}`);
  });
});
