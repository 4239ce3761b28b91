import { describe, expect, it } from 'vitest';
import { makeAssertMayConnect } from '../../../src/application/use-cases/chats/assert-may-connect.ts';
import { insertMessage } from '../../builders.ts';
import { DAY, settled } from '../../fakes.ts';
import { recordingFollower } from '../messages/recording-follower.ts';
import { aWorld, type World } from '../world.ts';
import { connect } from './recording-user-follower.ts';

async function joined(world: World, actor = world.bob) {
  const connection = connect(world, actor);
  await connection.following.join();
  return connection;
}

describe('follow-user', () => {
  it('tells the chats first, by their newest message, and each one again when it has changed', async () => {
    const world = await aWorld();
    world.clock.advance(1);
    const kitchen = await world.useCases.createChat(world.bob, { name: 'Kitchen' });
    world.clock.advance(1);
    await world.say('hi');
    const { news } = await joined(world);
    expect(news()).toEqual(['hello Lobby:hi Kitchen']);
    await world.useCases.postMessage(world.bob, { chatId: kitchen.id, text: 'soup' });
    await settled();
    expect(news()).toEqual(['chat Kitchen:soup']);
  });

  it('tells an outsider nothing of a chat, and ends the following of one at once', async () => {
    const world = await aWorld();
    const { following, news } = await joined(world, world.eve);
    expect(news()).toEqual(['hello Den']);
    await world.say('not for Eve');
    const follower = recordingFollower();
    const chat = { chatId: world.lobby.id, after: undefined, wantsDetails: false };
    await following.followChat(chat, follower).join();
    await settled();
    expect(follower.calls).toEqual(['end not_a_member']);
    expect(news()).toEqual([`left ${world.lobby.id}`]);
  });

  it('tells a busy chat once a second, with the last change', async () => {
    const world = await aWorld();
    const { news } = await joined(world);
    news();
    await world.say('one');
    await settled();
    expect(news()).toEqual(['chat Lobby:one']);
    await world.say('two', 'three', 'four');
    await settled();
    world.timer.advance(999);
    await settled();
    expect(news()).toEqual([]);
    world.timer.advance(1);
    await settled();
    expect(news()).toEqual(['chat Lobby:four']);
    world.timer.advance(60_000);
    await settled();
    expect(news()).toEqual([]);
  });

  it('reads and subscribes once for all connections of a process, and nothing without one', async () => {
    const world = await aWorld();
    await world.say('unheard');
    expect(world.broadcast.listeners).toBe(0);
    const [one, two] = [await joined(world), await joined(world)];
    const listeners = world.broadcast.listeners;
    const three = await joined(world);
    expect(world.broadcast.listeners).toBe(listeners);
    await world.say('heard');
    await settled();
    for (const { news } of [one, two, three]) expect(news()).toEqual(['hello Lobby:unheard', 'chat Lobby:heard']);
    for (const { following } of [one, two, three]) following.stop();
    for (const { following } of [one, two, three]) following.stop();
    expect(world.broadcast.listeners).toBe(0);
    await world.say('unheard');
    await settled();
    expect(one.news()).toEqual([]);
  });

  it('tells of chats that are started, joined, left and joined again', async () => {
    const world = await aWorld();
    const { createChat, createInvite, redeemInvite, leaveChat } = world.useCases;
    const { news } = await joined(world, world.eve);
    news();
    await createChat(world.eve, { name: 'Attic' });
    await settled();
    expect(news()).toEqual(['chat Attic']);
    const { code } = await createInvite(world.ada, world.lobby.id);
    await redeemInvite(world.eve, code);
    await settled();
    expect(news()).toEqual(['chat Lobby:eve joined']);
    await leaveChat(world.eve, world.lobby.id);
    await world.say('eve is gone');
    await settled();
    expect(news()).toEqual([`left ${world.lobby.id}`]);
    await redeemInvite(world.eve, code);
    await settled();
    expect(news()).toEqual(['chat Lobby:eve joined']);
  });

  it('finds chats that were joined and left without a word, once it is told that events were missed', async () => {
    const world = await aWorld();
    const { news } = await joined(world);
    news();
    await world.storage.unitOfWork.run(async (store) => {
      await store.members.remove(world.lobby.id, world.bob.user.id);
      await store.members.add({ chatId: world.den.id, userId: world.bob.user.id, role: 'member', joinedAt: 1 });
    });
    await settled();
    expect(news()).toEqual([]);
    world.broadcast.publishToUser(world.bob.user.id, { type: 'events_missed' });
    await settled();
    expect(news()).toEqual([`left ${world.lobby.id}`, 'chat Den']);
  });

  it('finds posts that it was not told of, once it is told that events were missed', async () => {
    const world = await aWorld();
    const { news } = await joined(world);
    news();
    await world.storage.unitOfWork.run((store) => insertMessage(store, world.lobby, world.ada.user));
    await settled();
    expect(news()).toEqual([]);
    world.broadcast.publishToUser(world.bob.user.id, { type: 'events_missed' });
    await settled();
    expect(news()).toEqual(['chat Lobby:Hello']);
  });

  it('tells a member who was removed without a word nothing of what comes after a gap', async () => {
    const world = await aWorld();
    const { news } = await joined(world);
    news();
    await world.storage.unitOfWork.run(async (store) => {
      await store.members.remove(world.lobby.id, world.bob.user.id);
      await store.chats.nextRevision(world.lobby.id);
    });
    await world.say('bob is gone');
    await settled();
    expect(news()).toEqual([`left ${world.lobby.id}`]);
  });

  it('tells a change that comes while the list is being read', async () => {
    const world = await aWorld();
    const { promise, resolve } = Promise.withResolvers<void>();
    world.storage.slowReads = promise;
    const { following, news } = connect(world);
    const joining = following.join();
    await settled();
    world.storage.slowReads = undefined;
    await world.say('meanwhile');
    const kitchen = await world.useCases.createChat(world.bob, { name: 'Kitchen' });
    await world.useCases.leaveChat(world.bob, kitchen.id);
    resolve();
    await joining;
    await settled();
    const told = news();
    expect(told[0]).toMatch(/^hello Lobby/);
    expect(told.join(' ')).toContain('Lobby:meanwhile');
    expect(told.join(' ')).not.toContain('Kitchen');
  });

  it('ends with the session, and refuses one that has ended', async () => {
    const world = await aWorld();
    const { news } = await joined(world);
    news();
    await world.useCases.signOut(world.bob);
    expect(news()).toEqual(['end session_ended']);
    const late = connect(world);
    await late.following.join();
    expect(late.news()).toEqual(['end session_ended']);
    expect(world.broadcast.listeners).toBe(0);
  });

  it('ends as unavailable when the list cannot be read, and later reads again what it could not', async () => {
    const world = await aWorld();
    world.storage.failReads = true;
    const { following, news } = connect(world);
    await following.join();
    expect(news()).toEqual(['end unavailable']);
    world.storage.failReads = false;
    const other = await joined(world);
    other.news();
    world.storage.failReads = true;
    await world.useCases.createChat(world.bob, { name: 'Attic' });
    await settled();
    world.timer.advance(1_000);
    await settled();
    expect(other.news()).toEqual([]);
    world.storage.failReads = false;
    world.timer.advance(1_000);
    await settled();
    expect(other.news()).toEqual(['chat Attic']);
  });

  it('counts as one connection, whatever it follows, and prolongs the session by being used', async () => {
    const world = await aWorld();
    const { following } = await joined(world);
    const chat = { chatId: world.lobby.id, after: undefined, wantsDetails: false };
    const followed = following.followChat(chat, recordingFollower());
    await followed.join();
    expect(await world.presence.count()).toBe(1);
    world.clock.advance(DAY);
    following.used();
    await settled();
    const found = await world.storage.view.sessions.find(world.bob.credential.id);
    expect(found?.session.seenAt).toBe(world.clock.now());
    followed.stop();
    following.stop();
    expect(await world.presence.count()).toBe(0);
    expect(world.broadcast.listeners).toBe(0);
  });

  it('delivers the messages of the chats that are followed, and ends each with its membership alone', async () => {
    const world = await aWorld();
    const kitchen = await world.useCases.createChat(world.bob, { name: 'Kitchen' });
    const { following, news } = await joined(world);
    const [lobby, other] = [recordingFollower(), recordingFollower()];
    const after = undefined;
    await following.followChat({ chatId: world.lobby.id, after, wantsDetails: false }, lobby).join();
    await following.followChat({ chatId: kitchen.id, after, wantsDetails: false }, other).join();
    await world.say('hi');
    await settled();
    expect(lobby.calls).toEqual(['ready 0', 'deliver hi']);
    news();
    await world.useCases.removeMember(world.ada, { chatId: world.lobby.id, userId: world.bob.user.id });
    await world.useCases.postMessage(world.bob, { chatId: kitchen.id, text: 'alone' });
    await settled();
    expect(lobby.calls.at(-1)).toBe('end not_a_member');
    expect(other.calls).toEqual(['ready 0', 'deliver alone']);
    expect(news()).toEqual([`left ${world.lobby.id}`, 'chat Kitchen:alone']);
  });
});

describe('assert-may-connect', () => {
  it('lets every user through, an outsider of all chats too', async () => {
    const world = await aWorld();
    const useCases = { assertMayConnect: makeAssertMayConnect() };
    await expect(useCases.assertMayConnect(world.eve)).resolves.toBeUndefined();
  });
});
