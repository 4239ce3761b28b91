import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { toWireTally, type WireTally } from '../../src/adapters/wire/message.ts';
import { timestamp } from '../../src/adapters/wire/timestamp.ts';
import { STORAGE } from '../../src/composition/tokens.ts';
import { versionOf } from '../../src/domain/pictures/picture.ts';
import { HOUR } from '../fakes.ts';
import { ChatServer } from '../websocket/chat-server.ts';
import { RedisServer } from './redis-server.ts';
import { REDIS_SERVERS } from './redis-servers.ts';

describe.each(REDIS_SERVERS)("a user's sockets at two instances that meet in $name", ({ path, isMissing }) => {
  let redis: RedisServer;

  beforeAll(async () => {
    if (!isMissing) redis = await RedisServer.start(path);
  });

  beforeEach(({ skip }) => skip(isMissing));

  afterAll(() => redis?.stop());

  /** Two instances over one storage, with a user's socket of Ada at the first and of Bob at the second. */
  async function twoInstances() {
    const storage = openMemoryStorage();
    const open = async () => {
      const server = await ChatServer.start({ REDIS_URL: redis.url }, (wiring) => wiring.bind(STORAGE, () => storage));
      onTestFinished(() => server.app.close());
      return server;
    };
    const [here, there] = [await open(), await open()];
    const [ada, bob] = [await here.person('ada'), await there.person('bob')];
    const chatId = await here.chat(ada, bob);
    const { socket: adas } = await here.userSocket(ada);
    const { socket: bobs } = await there.userSocket(bob);
    return { here, there, ada, bob, chatId, adas, bobs };
  }

  it('MI-1: hear of each other: messages, each once and in order, and the summary', async () => {
    const { chatId, adas, bobs } = await twoInstances();
    await adas.follow(chatId);
    await bobs.follow(chatId);
    for (let n = 0; n < 50; n += 1) {
      adas.post(chatId, `a-${n}`, `a ${n}`);
      bobs.post(chatId, `b-${n}`, `b ${n}`);
    }
    for (const socket of [adas, bobs]) {
      const revisions: number[] = [];
      while (revisions.length < 100) revisions.push((await socket.nextOf('message')).message.revision);
      expect(revisions).toEqual(Array.from({ length: 100 }, (_, n) => n + 2));
    }
    const last = async () => (await bobs.nextOf('chat')).chat.last?.position;
    for (let position = await last(); position !== 101; position = await last());
  });

  it('MI-1: hear of pictures', async () => {
    const { here, ada, chatId, bobs } = await twoInstances();
    const image = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#3a8' } })
      .png()
      .toBuffer();
    const { setPicture, removePicture } = here.app.useCases;
    const version = versionOf(await setPicture(ada.actor, { chunks: Readable.from([image]) }));
    const path = `/pictures/user/${ada.actor.user.id}/${version}/48`;
    expect(await bobs.nextOf('picture')).toMatchObject({ user_id: ada.actor.user.id, picture: { 48: path } });
    await removePicture(ada.actor, {});
    expect(await bobs.nextOf('picture')).toEqual({ type: 'picture', user_id: ada.actor.user.id, picture: null });
    await setPicture(ada.actor, { chatId, chunks: Readable.from([image]) });
    expect(await bobs.nextOf('picture')).toMatchObject({ chat_id: chatId, picture: { 48: expect.any(String) } });
  });

  it('MI-1: hear of replies with their quotes, and are told no deleted words when they resume', async () => {
    const { here, there, ada, bob, chatId, bobs } = await twoInstances();
    await bobs.follow(chatId);
    const { message } = await here.app.useCases.postMessage(ada.actor, { chatId, text: 'secret words' });
    const reply = { chatId, text: 'Yes', replyTo: message.position };
    await there.app.useCases.postMessage(bob.actor, reply);
    await bobs.nextOf('message');
    expect((await bobs.nextOf('message')).message.reply_to).toMatchObject({ snippet: 'secret words', kind: 'text' });
    await here.app.useCases.deleteMessage(ada.actor, message);
    expect((await bobs.nextOf('message')).message.kind).toBe('deleted');
    const { socket: late } = await there.userSocket(bob);
    await late.follow(chatId, 1);
    const told = [await late.nextOf('message'), await late.nextOf('message')];
    expect(told[0]?.message.reply_to).toMatchObject({ position: message.position, snippet: '', kind: 'deleted' });
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  it('MI-1: hear of reactions and pins: the last tally that each is told is the stored one', async () => {
    const { here, there, ada, bob, chatId, adas, bobs } = await twoInstances();
    const { message } = await here.app.useCases.postMessage(ada.actor, { chatId, text: 'Lunch?' });
    await adas.follow(chatId);
    await bobs.follow(chatId);
    for (let n = 0; n < 20; n += 1) {
      const reaction = { ...message, emoji: n % 3 ? '👍' : '🎉', on: n % 2 === 0 };
      await Promise.all([
        here.app.useCases.reactToMessage(ada.actor, reaction),
        there.app.useCases.reactToMessage(bob.actor, reaction),
      ]);
    }
    const { revision, reactions } = await there.app.useCases.setPin(bob.actor, { ...message, on: true });
    expect(reactions.length).toBeGreaterThan(0);
    const last = { pinned: true, reactions: reactions.map(toWireTally) as readonly WireTally[] };
    for (const socket of [adas, bobs]) {
      const told: Partial<typeof last> = {};
      for (let heard = 0; heard < revision; ) {
        const frame = await socket.nextOf('message', 'reactions');
        const change = frame.type === 'message' ? frame.message : frame;
        heard = change.revision;
        if (change.position !== message.position) continue;
        told.reactions = change.reactions;
        if ('pinned' in change) told.pinned = change.pinned;
      }
      expect(told).toEqual(last);
    }
  });

  it('MI-1: show the same unread messages, whichever of them the messages are posted, read and marked as unread at', async () => {
    const { here, there, ada, bob, chatId, bobs } = await twoInstances();
    const { socket: elsewhere } = await here.userSocket(bob);
    const shown = async (unread: number) => {
      for (const socket of [bobs, elsewhere]) while ((await socket.nextOf('chat')).chat.unread !== unread);
    };
    const { message } = await here.app.useCases.postMessage(ada.actor, { chatId, text: 'first' });
    await shown(1);
    bobs.say({ type: 'read', chat_id: chatId, position: message.position });
    await shown(0);
    elsewhere.say({ type: 'unread', chat_id: chatId, position: message.position });
    await shown(1);
    await there.app.useCases.deleteMessage(ada.actor, message);
    await shown(0);
  });

  it('MI-1: hear who is typing at the other instance, which is refused to nobody while Redis is away', async () => {
    const { here, there, ada, bob, chatId, adas, bobs } = await twoInstances();
    await adas.follow(chatId);
    await bobs.follow(chatId);
    const { socket: neighbours } = await there.userSocket(ada);
    await neighbours.follow(chatId);
    adas.say({ type: 'typing', chat_id: chatId });
    const { id, username } = ada.actor.user;
    expect(await bobs.nextOf('typing')).toEqual({ type: 'typing', chat_id: chatId, user: { id, username } });
    await redis.stop();
    onTestFinished(() => redis.resume());
    bobs.say({ type: 'typing', chat_id: chatId });
    expect((await neighbours.nextOf('typing')).user.id).toBe(bob.actor.user.id);
    bobs.post(chatId, 'c-1', 'still here');
    expect((await bobs.nextOf('message')).message.text).toBe('still here');
    expect(here.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('DC-1: open a direct chat at both instances, write in it, and are blocked from writing and typing', async () => {
    const { here, there, ada, bob, chatId, adas, bobs } = await twoInstances();
    const [mine, theirs] = await Promise.all([
      here.app.useCases.openDirectChat(ada.actor, { usernames: ['bob'] }),
      there.app.useCases.openDirectChat(bob.actor, { usernames: ['ada'] }),
    ]);
    expect(theirs.chatId).toBe(mine.chatId);
    const direct = async (socket: typeof adas) => {
      for (;;) {
        const { chat } = await socket.nextOf('chat');
        if (chat.id === mine.chatId) return chat;
      }
    };
    expect(await direct(adas)).toMatchObject({ kind: 'direct', name: 'bob', members: 2 });
    expect(await direct(bobs)).toMatchObject({ kind: 'direct', name: 'ada', members: 2 });
    await adas.follow(mine.chatId);
    await adas.follow(chatId);
    await bobs.follow(mine.chatId);
    bobs.post(mine.chatId, 'd-1', 'psst');
    expect((await adas.nextOf('message')).message.text).toBe('psst');
    await here.app.useCases.setBlock(ada.actor, { userId: bob.actor.user.id, on: true });
    bobs.post(mine.chatId, 'd-2', 'hello?');
    expect(await bobs.nextOf('refused')).toMatchObject({ client_id: 'd-2', code: 'forbidden' });
    // The signal comes before the post if it comes at all.
    bobs.say({ type: 'typing', chat_id: chatId });
    bobs.post(chatId, 'g-1', 'in the group');
    expect((await adas.nextOf('typing', 'message')).type).toBe('message');
  });

  it('MI-1: show who is connected to the other instance', async () => {
    const { chatId, adas, bobs } = await twoInstances();
    await bobs.follow(chatId);
    const stateOfAda = async () => (await bobs.nextOf('presence')).state;
    adas.say({ type: 'presence', state: 'active' });
    expect(await stateOfAda()).toBe('active');
    adas.say({ type: 'presence', state: 'idle' });
    expect(await stateOfAda()).toBe('idle');
    adas.socket.terminate();
    expect(await stateOfAda()).toBe('offline');
  });

  it('MI-1: show at both until when somebody is away, within 5 s also while Redis is away', async () => {
    const { here, there, ada, chatId, adas, bobs } = await twoInstances();
    await bobs.follow(chatId);
    adas.say({ type: 'presence', state: 'active' });
    expect((await bobs.nextOf('presence')).state).toBe('active');
    const until = Date.now() + HOUR;
    const { setAway } = here.app.useCases;
    await setAway(ada.actor, { until });
    const away = { type: 'presence', user: { id: ada.actor.user.id, username: 'ada' }, state: 'away' };
    expect(await bobs.nextOf('presence')).toEqual({ ...away, until: timestamp(until) });
    await redis.stop();
    onTestFinished(() => redis.resume());
    await setAway(ada.actor, { until: until + 1 });
    expect(await bobs.nextOf('presence')).toEqual({ ...away, until: timestamp(until + 1) });
    expect(there.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('MI-1: hear of chats that are joined and left at the other instance, and of sessions that end there', async () => {
    const { here, there, ada, bob, chatId, bobs } = await twoInstances();
    await bobs.follow(chatId);
    const { createInvite, redeemInvite, removeMember, signOut } = here.app.useCases;
    await removeMember(ada.actor, { chatId, userId: bob.actor.user.id });
    expect(await bobs.nextOf('left')).toEqual({ type: 'left', chat_id: chatId });
    await redeemInvite(bob.actor, (await createInvite(ada.actor, chatId)).code);
    expect((await bobs.nextOf('chat')).chat).toMatchObject({ id: chatId, members: 2 });
    expect(await there.app.useCases.viewStatus()).toBeDefined();
    await signOut(bob.actor);
    expect(await bobs.closed).toBe(4401);
  });

  it('MO-6: hear at once of what was reported and done at the other instance, where they may oversee the chat', async () => {
    const { here, there, ada, bob, chatId, adas } = await twoInstances();
    const { message } = await there.app.useCases.postMessage(ada.actor, { chatId, text: 'hm' });
    await there.app.useCases.reportMessage(bob.actor, { ...message, reason: 'spam' });
    expect(await adas.nextOf('oversight')).toEqual({ type: 'oversight', chat_id: chatId });
    await here.app.useCases.viewReports(ada.actor, chatId);
    await there.app.useCases.dismissReports(ada.actor, message);
    expect(await adas.nextOf('oversight')).toEqual({ type: 'oversight', chat_id: chatId });
  });

  it('PG-2: are told what happened at the other instance while Redis was away, once it is back', async () => {
    const { here, ada, chatId, bobs } = await twoInstances();
    await bobs.follow(chatId);
    await redis.stop();
    await here.app.useCases.postMessage(ada.actor, { chatId, text: 'unheard' });
    const kitchen = await here.app.useCases.createChat(ada.actor, { name: 'Kitchen' });
    await redis.resume();
    expect((await bobs.nextOf('message')).message.text).toBe('unheard');
    const { chat } = await bobs.nextOf('chat');
    expect(chat).toMatchObject({ id: chatId, last: { snippet: 'unheard' } });
    expect(kitchen.id).not.toBe(chatId);
  });
});
