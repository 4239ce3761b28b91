import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { TextSocket, type UserSocket, upgradeStatus } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let eve: Person;
let harbour: ChatId;

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
  harbour = await server.chat(ada, bob);
});

const NOTHING_UNREAD = { read: 0, unread: 0, mentions: 0, level: 'mentions' };

const post = (chatId: ChatId, text: string, by = ada) => server.app.useCases.postMessage(by.actor, { chatId, text });

const texts = async (socket: UserSocket, count: number) => {
  const all: string[] = [];
  while (all.length < count) {
    const { chat_id, message } = await socket.nextOf('message');
    expect(chat_id).toBe(message.chat_id);
    all.push(message.text);
  }
  return all;
};

describe('hello', () => {
  it('is the first frame: who is asking, the installation, and the summaries of the chats, by their newest message', async () => {
    const quiet = await server.chat(ada);
    const busy = await server.chat(ada);
    await server.app.useCases.renameChat(ada.actor, { chatId: busy, name: 'Quay' });
    const text = `hello\n  there ${'🐟'.repeat(300)}`;
    const { message } = await post(busy, text);
    const { hello } = await server.userSocket(ada);
    const { id, username } = ada.actor.user;
    expect(hello).toMatchObject({ type: 'hello', you: { id, username } });
    expect(hello.installation).toMatch(/^[\w-]{20,64}$/);
    expect(hello.epoch).toMatch(/^[\w-]{20,64}$/);
    const last = {
      position: 2,
      kind: 'text',
      author: { id, username },
      sent_at: new Date(message.sentAt).toISOString(),
    };
    expect(hello.chats.find((chat) => chat.id === busy)).toEqual({
      id: busy,
      kind: 'group',
      name: 'Quay',
      members: 1,
      last: { ...last, snippet: `hello there ${'🐟'.repeat(128)}` },
      ...NOTHING_UNREAD,
      role: 'owner',
    });
    expect(hello.chats.find((chat) => chat.id === quiet)).toEqual({
      id: quiet,
      kind: 'group',
      name: 'Harbour',
      members: 1,
      // The harbour of the other tests has the same name.
      others: [],
      last: null,
      ...NOTHING_UNREAD,
      role: 'owner',
    });
    expect(hello.chats.find((chat) => chat.id === harbour)).toMatchObject({
      members: 2,
      last: { kind: 'notice', snippet: `${bob.actor.user.username} joined` },
    });
    expect(hello.chats.map((chat) => chat.id)).toHaveLength(3);
  });

  it('lists the chats as GET /chats does', async () => {
    await post(harbour, 'newest');
    await server.chat(ada);
    const { hello } = await server.userSocket(ada);
    const response = await fetch(`${server.url}chats`, { headers: { cookie: ada.cookie, accept: 'application/json' } });
    expect(await response.json()).toEqual({ chats: hello.chats });
  });

  it('US-1: is empty for an outsider, who is told of no chat of others and cannot follow one', async () => {
    const { socket, hello } = await server.userSocket(eve);
    expect(hello.chats).toEqual([]);
    for (const chat_id of [harbour, 9_999_999]) {
      socket.say({ type: 'follow', chat_id, after: 0 });
      expect(await socket.nextFrame()).toMatchObject({ type: 'refused', chat_id, code: 'forbidden' });
      socket.post(chat_id, 'x', 'let me in');
      expect(await socket.nextFrame()).toMatchObject({ type: 'refused', chat_id, client_id: 'x', code: 'forbidden' });
      socket.say({ type: 'delete', chat_id, client_id: 'y', position: 1 });
      expect(await socket.nextFrame()).toMatchObject({ type: 'refused', chat_id, client_id: 'y', code: 'forbidden' });
    }
    await post(harbour, 'nothing for eve');
    socket.say({ type: 'alive' });
    expect(await socket.nextFrame()).toEqual({ type: 'alive' });
    expect(socket.unread).toEqual([]);
  });
});

describe('the upgrade to /socket', () => {
  it.each([
    [401, async () => undefined, ['user.v1'], undefined],
    [400, async () => ada.cookie, [], undefined],
    [400, async () => ada.cookie, ['chat.v1'], undefined],
    [403, async () => ada.cookie, ['user.v1'], 'https://elsewhere.example'],
    [101, async () => ada.cookie, ['user.v1'], undefined],
    [101, async () => ada.cookie, ['chat.v1', 'user.v1'], undefined],
  ])('is answered with %i', async (status, cookie, protocols, origin) => {
    const options = { url: server.userSocketUrl, cookie: await cookie(), origin };
    expect(await upgradeStatus(options, protocols)).toBe(status);
  });

  it('speaks user.v1, whatever else is offered', async () => {
    const socket = new TextSocket({ url: server.userSocketUrl, cookie: ada.cookie }, ['chat.v1', 'user.v1']);
    await socket.opened();
    expect(socket.socket.protocol).toBe('user.v1');
    expect(JSON.parse(await socket.next())).toMatchObject({ type: 'hello' });
  });

  it('is asked for with 426 where it is missing', async () => {
    const response = await fetch(`${server.url}socket`, { headers: { cookie: ada.cookie } });
    expect(response.status).toBe(426);
  });

  it('counts as one open chat socket, however many chats are followed', async () => {
    const own = await ChatServer.start();
    const carl = await own.person('carl');
    const [one, two] = [await own.chat(carl), await own.chat(carl)];
    const { socket } = await own.userSocket(carl);
    await socket.follow(one);
    await socket.follow(two);
    expect(await own.connectedClients()).toBe(1);
    socket.socket.close();
    await expect.poll(() => own.connectedClients()).toBe(0);
    await own.stop();
  });
});

describe('a summary', () => {
  const last = async (socket: UserSocket, snippet: string) => {
    for (;;) {
      const { chat } = await socket.nextOf('chat');
      if (chat.last?.snippet === snippet) return chat;
    }
  };

  it('comes again after a post, an edit and a deletion of the newest message, and a renaming', async () => {
    const { socket } = await server.userSocket(bob);
    const { message } = await post(harbour, 'first');
    expect(await last(socket, 'first')).toMatchObject({ id: harbour, name: 'Harbour', last: { position: 2 } });
    await server.app.useCases.editMessage(ada.actor, { ...message, text: 'second', base: message.revision });
    expect(await last(socket, 'second')).toMatchObject({ last: { position: 2, kind: 'text' } });
    await server.app.useCases.deleteMessage(ada.actor, message);
    expect(await last(socket, '')).toMatchObject({ last: { position: 2, kind: 'deleted' } });
    await server.app.useCases.renameChat(ada.actor, { chatId: harbour, name: 'Quay' });
    expect(await last(socket, `${ada.actor.user.username} renamed the chat to “Quay”`)).toMatchObject({ name: 'Quay' });
  });

  it('comes when the user starts or joins a chat, and when another member joins', async () => {
    const { socket } = await server.userSocket(eve);
    const own = await server.chat(eve);
    expect((await socket.nextOf('chat')).chat).toMatchObject({ id: own, members: 1, last: null });
    const { code } = await server.app.useCases.createInvite(ada.actor, harbour);
    await server.app.useCases.redeemInvite(eve.actor, code);
    expect((await socket.nextOf('chat')).chat).toMatchObject({ id: harbour, members: 3 });
    const { code: toOwn } = await server.app.useCases.createInvite(eve.actor, own);
    await server.app.useCases.redeemInvite(ada.actor, toOwn);
    expect(await last(socket, `${ada.actor.user.username} joined`)).toMatchObject({ id: own, members: 2 });
  });

  it('comes at most once a second, with the last change, however much happens', async () => {
    const { socket } = await server.userSocket(bob);
    const began = performance.now();
    for (let n = 0; n < 200; n += 1) await post(harbour, `post ${n}`);
    const summaries: string[] = [];
    while (summaries.at(-1) !== 'post 199') summaries.push((await socket.nextOf('chat')).chat.last?.snippet ?? '');
    const seconds = (performance.now() - began) / 1000;
    expect(summaries.length).toBeLessThanOrEqual(seconds + 2);
    expect(socket.unread).toEqual([]);
  });
});

describe('the end of a membership', () => {
  it.each(['removed', 'left'])('US-1: is told by one left, and the socket stays: %s', async (how) => {
    const elsewhere = await server.chat(bob);
    const { socket } = await server.userSocket(bob);
    const { socket: second } = await server.userSocket(bob);
    await socket.follow(harbour);
    await socket.follow(elsewhere);
    const { removeMember, leaveChat } = server.app.useCases;
    if (how === 'removed') await removeMember(ada.actor, { chatId: harbour, userId: bob.actor.user.id });
    else await leaveChat(bob.actor, harbour);
    await post(harbour, 'is he gone?');
    await post(elsewhere, 'still here', bob);
    expect(await socket.nextFrame()).toEqual({ type: 'left', chat_id: harbour });
    expect(await second.nextFrame()).toEqual({ type: 'left', chat_id: harbour });
    expect(await texts(socket, 1)).toEqual(['still here']);
    expect((await second.nextOf('chat')).chat.id).toBe(elsewhere);
    socket.post(harbour, 'x', 'let me');
    expect(await socket.nextOf('refused')).toMatchObject({ chat_id: harbour, code: 'forbidden' });
    const seen = [...socket.unread, ...second.unread].map((frame) => JSON.parse(frame));
    expect(seen.filter((frame) => frame.chat_id === harbour || frame.chat?.id === harbour)).toEqual([]);
  });

  it('can be followed by another: the chat comes again', async () => {
    const { socket } = await server.userSocket(bob);
    const { removeMember, createInvite, redeemInvite } = server.app.useCases;
    await removeMember(ada.actor, { chatId: harbour, userId: bob.actor.user.id });
    expect(await socket.nextOf('left')).toEqual({ type: 'left', chat_id: harbour });
    await redeemInvite(bob.actor, (await createInvite(ada.actor, harbour)).code);
    expect((await socket.nextOf('chat')).chat).toMatchObject({ id: harbour, members: 2 });
    const ready = await socket.follow(harbour);
    expect(ready.revision).toBe(3);
  });

  it('SE-5: of the session closes the socket with 4401', async () => {
    const { socket } = await server.userSocket(bob);
    await socket.follow(harbour);
    await server.app.useCases.signOut(bob.actor);
    expect(await socket.closed).toBe(4401);
  });
});

describe('following', () => {
  it('gives each chat its own ready, and its messages with their chat_id', async () => {
    const other = await server.chat(ada);
    const { socket, hello } = await server.userSocket(ada);
    const ready = { type: 'ready', you: hello.you, installation: hello.installation, epoch: hello.epoch };
    expect(await socket.follow(harbour)).toEqual({ ...ready, chat_id: harbour, revision: 1 });
    expect(await socket.follow(other)).toEqual({ ...ready, chat_id: other, revision: 0 });
    await post(harbour, 'here');
    await post(other, 'there');
    const [one, two] = [await socket.nextOf('message'), await socket.nextOf('message')];
    expect([one, two].map(({ chat_id, message }) => [chat_id, message.text]).toSorted()).toEqual(
      [
        [harbour, 'here'],
        [other, 'there'],
      ].toSorted(),
    );
  });

  it('resumes after a revision: nothing missing, nothing twice, and live from then on', async () => {
    for (let n = 0; n < 300; n += 1) await post(harbour, `before ${n}`);
    const { socket } = await server.userSocket(bob);
    expect((await socket.follow(harbour, 101)).revision).toBe(301);
    await post(harbour, 'after');
    const expected = Array.from({ length: 200 }, (_, n) => `before ${n + 100}`);
    expect(await texts(socket, 201)).toEqual([...expected, 'after']);
  });

  it('begins again after the given revision when the chat is followed already', async () => {
    const { socket } = await server.userSocket(bob);
    await socket.follow(harbour);
    await post(harbour, 'one');
    expect(await texts(socket, 1)).toEqual(['one']);
    await socket.follow(harbour, 0);
    expect(await texts(socket, 2)).toEqual([`${bob.actor.user.username} joined`, 'one']);
    await post(harbour, 'two');
    expect(await texts(socket, 1)).toEqual(['two']);
  });

  it('ends by unfollow, in the order of the frames', async () => {
    const { socket } = await server.userSocket(bob);
    for (let n = 0; n < 5; n += 1) {
      socket.say({ type: 'follow', chat_id: harbour });
      socket.say({ type: 'unfollow', chat_id: harbour });
    }
    socket.say({ type: 'alive' });
    await socket.nextOf('alive');
    await post(harbour, 'not followed');
    socket.say({ type: 'alive' });
    expect((await socket.nextOf('message', 'alive')).type).toBe('alive');
  });

  it('resets where too much was missed', async () => {
    const { socket } = await server.userSocket(bob);
    await socket.follow(harbour, 5_000);
    expect(await socket.nextOf('reset')).toEqual({ type: 'reset', chat_id: harbour, revision: 1 });
  });

  it('tells the details of the chat where they were asked for', async () => {
    const { socket } = await server.userSocket(bob);
    socket.say({ type: 'follow', chat_id: harbour, details: true });
    const details = await socket.nextOf('details');
    expect(details).toEqual({ type: 'details', chat_id: harbour, name: 'Harbour', members: 2, connected: 1 });
  });
});

describe('commands', () => {
  it('post, edit, delete and restore in any chat of the user, followed or not', async () => {
    const { socket } = await server.userSocket(ada);
    const { socket: other } = await server.userSocket(bob);
    await other.follow(harbour);
    for (const isFollowed of [false, true]) {
      if (isFollowed) await socket.follow(harbour);
      const client_id = `c-${isFollowed}`;
      socket.post(harbour, client_id, 'first');
      const posted = await socket.nextOf('message');
      expect(posted).toMatchObject({ chat_id: harbour, message: { text: 'first', client_id } });
      const { position, revision } = posted.message;
      const named = { chat_id: harbour, client_id: 'x', position } as const;
      socket.say({ type: 'edit', ...named, text: 'second', revision });
      expect(await socket.nextOf('message', 'refused')).toMatchObject({ message: { text: 'second', position } });
      socket.say({ type: 'edit', ...named, text: 'third', revision });
      expect(await socket.nextOf('message', 'refused')).toMatchObject({
        type: 'refused',
        chat_id: harbour,
        client_id: 'x',
        code: 'conflict',
        message: { text: 'second' },
      });
      socket.say({ type: 'delete', ...named });
      expect(await socket.nextOf('message', 'refused')).toMatchObject({ message: { kind: 'deleted', position } });
      socket.say({ type: 'restore', ...named });
      expect(await socket.nextOf('message', 'refused')).toMatchObject({ message: { text: 'second', position } });
      expect(await texts(other, 4)).toEqual(['first', 'second', '', 'second']);
    }
  });

  it('are answered once each where they are sent again, followed or not', async () => {
    const { socket } = await server.userSocket(ada);
    for (let n = 0; n < 10; n += 1) socket.post(harbour, 'same', 'once');
    const unfollowed = [];
    for (let n = 0; n < 10; n += 1) unfollowed.push((await socket.nextOf('message')).message.position);
    expect(new Set(unfollowed)).toEqual(new Set([2]));
    await socket.follow(harbour);
    for (let n = 0; n < 10; n += 1) socket.post(harbour, 'again', 'twice');
    const followed = [];
    for (let n = 0; n < 10; n += 1) followed.push((await socket.nextOf('message')).message.position);
    expect(new Set(followed)).toEqual(new Set([3]));
    socket.post(harbour, 'end', 'end');
    expect((await socket.nextOf('message')).message.text).toBe('end');
  });

  it('WS-10: frames that are none are refused, and ten in a minute close the socket with 1008', async () => {
    const { socket } = await server.userSocket(ada);
    const bad = [
      '{"type":"post","client_id":"x","text":"without a chat"}',
      `{"type":"post","chat_id":"${harbour}","client_id":"x","text":"a chat that is text"}`,
      `{"type":"follow","chat_id":${harbour},"after":-1}`,
      `{"type":"follow","chat_id":${harbour},"chat_id":${harbour}}`,
      '{"type":"unfollow"}',
      `{"type":"shout","chat_id":${harbour}}`,
      'nonsense',
      'null',
      '[]',
      '{}',
    ];
    for (const text of bad) socket.send(text);
    expect(await socket.closed).toBe(1008);
    const codes = socket.unread.map((frame) => JSON.parse(frame)).map(({ type, code }) => `${type} ${code}`);
    expect(codes).toEqual(Array(10).fill('refused bad_request'));
  });
});
