import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import type { UserSocket } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let chat_id: ChatId;

beforeAll(async () => {
  server = await ChatServer.start();
});
afterAll(() => server.stop());

let people = 0;
beforeEach(async () => {
  people += 1;
  ada = await server.person(`ada${people}`);
  bob = await server.person(`bob${people}`);
  chat_id = await server.chat(ada, bob);
});

async function following(person: Person): Promise<UserSocket> {
  const { socket } = await server.userSocket(person);
  await socket.follow(chat_id);
  return socket;
}

/** Everything that a socket hears before its next answer: what was published before has been delivered by then. */
async function typingHeard(socket: UserSocket): Promise<readonly string[]> {
  socket.say({ type: 'follow', chat_id: 999_999 });
  const heard: string[] = [];
  for (;;) {
    const frame = await socket.nextOf('typing', 'refused');
    if (frame.type === 'refused') return heard;
    heard.push(frame.user.username);
  }
}

describe('typing', () => {
  it('is told to the members with a socket, whether it follows the chat or not, with the person', async () => {
    const [{ socket: elsewhere }, adas, bobs] = [
      await server.userSocket(ada),
      await following(ada),
      await following(bob),
    ];
    bobs.say({ type: 'typing', chat_id });
    const { id, username } = bob.actor.user;
    for (const socket of [adas, elsewhere]) {
      expect(await socket.nextOf('typing')).toEqual({ type: 'typing', chat_id, user: { id, username } });
      expect(await typingHeard(socket)).toEqual([]);
    }
  });

  it("is never one's own, on none of one's devices", async () => {
    const devices = [await following(bob), await following(bob)] as const;
    const adas = await following(ada);
    devices[0].say({ type: 'typing', chat_id });
    await adas.nextOf('typing');
    for (const device of devices) expect(await typingHeard(device)).toEqual([]);
  });

  it('TY-1: is told to members only, and to no socket of chat.v1 or plain text', async () => {
    const { socket: eves } = await server.userSocket(await server.person(`eve${people}`));
    const [chatV1, plain] = [await server.joined(chat_id, ada), await server.plain(chat_id, ada)];
    const [adas, bobs] = [await following(ada), await following(bob)];
    bobs.say({ type: 'typing', chat_id });
    await adas.nextOf('typing');
    bobs.post(chat_id, 'c-1', 'hello');
    expect(await typingHeard(eves)).toEqual([]);
    expect((await chatV1.nextFrame()).type).toBe('message');
    expect(await plain.next()).toBe(`${bob.actor.user.username}: hello`);
  });

  it('TY-1: is refused to an outsider, with the chat, and told to nobody', async () => {
    const adas = await following(ada);
    const { socket } = await server.userSocket(await server.person(`eve${people}`));
    socket.say({ type: 'typing', chat_id });
    expect(await socket.nextOf('refused')).toEqual({
      type: 'refused',
      chat_id,
      code: 'forbidden',
      detail: expect.any(String),
    });
    expect(await typingHeard(adas)).toEqual([]);
  });

  it('needs no following of the person who types', async () => {
    const adas = await following(ada);
    const { socket } = await server.userSocket(bob);
    socket.say({ type: 'typing', chat_id });
    expect((await adas.nextOf('typing')).user.id).toBe(bob.actor.user.id);
  });

  it('is refused as malformed without a chat', async () => {
    const bobs = await following(bob);
    bobs.send('{"type":"typing"}');
    expect(await bobs.nextOf('refused')).toMatchObject({ code: 'bad_request' });
  });
});

describe('200 people who type in one chat', () => {
  it('TY-1: cost a follower at most 2 frames a second', async () => {
    const adas = await following(ada);
    const { createInvite, redeemInvite, signalTyping } = { ...server.app.useCases, ...server.app.useCases.paced };
    const { code } = await createInvite(ada.actor, chat_id);
    const typists = await Promise.all(Array.from({ length: 200 }, (_, n) => server.person(`t${people}-${n}`)));
    for (const { actor } of typists) await redeemInvite(actor, code);
    await Promise.all(typists.map(({ actor }) => signalTyping(actor, chat_id)));
    expect(await typingHeard(adas)).toHaveLength(2);
  });
});
