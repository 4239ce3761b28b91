import { describe, expect, it } from 'vitest';
import { sessionId } from '../../../src/domain/ids.ts';
import { anActor, aSessionOf, insertMessage } from '../../builders.ts';
import { settled } from '../../fakes.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';
import { follow, range, removeFromLobby, revisionsOf, wordsOf } from './recording-follower.ts';

describe('follow-chat: joining', () => {
  it('tells a member first where the chat is, and lets an outsider hear nothing but the end', async () => {
    const world = await aWorld();
    await world.say('before');
    const [member, outsider] = [follow(world, world.bob), follow(world, world.eve)];
    await Promise.all([member.join(), outsider.join()]);
    await world.say('after');
    expect(member.follower.calls).toEqual(['ready 1', 'deliver after']);
    expect(outsider.follower.calls).toEqual(['end not_a_member']);
  });

  it('ends for a chat that does not exist as for one that is closed, and leaves nothing open', async () => {
    const world = await aWorld();
    const { join, follower } = follow(world, world.eve, undefined, UNKNOWN_CHAT);
    await join();
    expect(follower.calls).toEqual(['end not_a_member']);
    expect(world.broadcast.listeners).toBe(0);
  });

  it('ends when the session is over already', async () => {
    const world = await aWorld();
    await world.useCases.signOut(world.bob);
    const { join, follower } = follow(world, world.bob);
    await join();
    expect(follower.calls).toEqual(['end session_ended']);
  });

  it.each([
    ['the first revision', 0, ['ready 3', 'deliver a b c']],
    ['a later one', 2, ['ready 3', 'deliver c']],
    ['the newest one', 3, ['ready 3']],
    ['one that is yet to come', 4, ['ready 3', 'reset 3']],
  ])('delivers what came after %s', async (_what, after, calls) => {
    const world = await aWorld();
    await world.say('a', 'b', 'c');
    const { join, follower } = follow(world, world.bob, after);
    await join();
    expect(follower.calls).toEqual(calls);
    await world.say('d');
    expect(follower.calls).toEqual([...calls, 'deliver d']);
  });

  it('brings a later follower to where the chat is now', async () => {
    const world = await aWorld();
    await follow(world).join();
    await world.say('a', 'b');
    world.timer.advance(10);
    const { join, follower } = follow(world, world.ada, 1);
    await join();
    expect(follower.calls).toEqual(['ready 2', 'deliver b']);
  });

  it.each(range(0, 12))('neither loses nor doubles what is posted %i steps into the joining', async (steps) => {
    for (const after of [undefined, 0]) {
      const world = await aWorld();
      await world.say('a', 'b');
      const { join, follower } = follow(world, world.bob, after);
      const joined = join();
      for (let step = 0; step < steps; step += 1) await undefined;
      await world.say('c');
      await joined;
      await world.say('d');
      world.timer.advance(10);
      await settled();
      const [ready] = follower.calls;
      const first = after === undefined ? Number(ready?.replace('ready ', '')) + 1 : 1;
      expect(revisionsOf(follower)).toEqual(range(first, 4));
    }
  });
});

describe('follow-chat: ending', () => {
  it('ends for who was removed, who hears nothing later, and goes on for the others', async () => {
    const world = await aWorld();
    const [bob, ada] = [follow(world, world.bob), follow(world, world.ada)];
    await Promise.all([bob.join(), ada.join()]);
    await removeFromLobby(world, world.bob);
    await world.say('secret');
    expect(ada.follower.calls).toEqual(['ready 0', 'deliver secret']);
    expect(bob.follower.calls).toEqual(['ready 0', 'end not_a_member']);
  });

  it('ends for who is removed while something is held back, without delivering it', async () => {
    const world = await aWorld();
    const [bob, ada] = [follow(world, world.bob), follow(world, world.ada)];
    await Promise.all([bob.join(), ada.join()]);
    await world.say('first', 'held back');
    await removeFromLobby(world, world.bob);
    world.timer.advance(10);
    expect(ada.follower.calls).toEqual(['ready 0', 'deliver first', 'deliver held back']);
    expect(bob.follower.calls).toEqual(['ready 0', 'deliver first', 'end not_a_member']);
  });

  it.each(range(0, 12))('ends for who is removed %i steps into the joining', async (steps) => {
    const world = await aWorld();
    await world.say('a');
    const { join, follower } = follow(world, world.bob, 0);
    const joined = join();
    for (let step = 0; step < steps; step += 1) await undefined;
    await removeFromLobby(world, world.bob);
    await joined;
    await world.say('secret');
    world.timer.advance(10);
    expect(follower.calls.at(-1)).toBe('end not_a_member');
    expect(follower.calls.filter((call) => call.startsWith('end'))).toHaveLength(1);
    expect(follower.delivered.map(wordsOf)).not.toContain('secret');
  });

  it('ends with its session, and not with another of the same user', async () => {
    const world = await aWorld();
    const session = aSessionOf(world.bob.user, { id: sessionId('phone') });
    const phone = anActor(world.bob.user, session);
    await world.storage.unitOfWork.run((store) => store.sessions.add(session));
    const [here, there] = [follow(world, world.bob), follow(world, phone)];
    await Promise.all([here.join(), there.join()]);
    await world.useCases.signOut(world.bob);
    await world.say('after');
    expect(here.follower.calls).toEqual(['ready 0', 'end session_ended']);
    expect(there.follower.calls).toEqual(['ready 0', 'deliver after']);
  });

  it.each(range(0, 8))('ends when the session ends %i steps into the joining', async (steps) => {
    const world = await aWorld();
    const { join, follower } = follow(world, world.bob, 0);
    const joined = join();
    for (let step = 0; step < steps; step += 1) await undefined;
    await world.useCases.signOut(world.bob);
    await joined;
    await world.say('secret');
    expect(follower.calls.at(-1)).toBe('end session_ended');
  });

  it.each([
    ['its session', (world: World) => world.useCases.signOut(world.bob)],
    ['its membership', (world: World) => removeFromLobby(world, world.bob)],
  ])('listens to nothing any more once %s has ended, though nobody stops it', async (_what, endIt) => {
    const world = await aWorld();
    await follow(world, world.bob).join();
    expect(await world.presence.count()).toBe(1);
    await endIt(world);
    expect(await world.presence.count()).toBe(0);
    expect(world.broadcast.listeners).toBe(0);
  });

  it('stops when it is told to, once, and listens to nothing any more', async () => {
    const world = await aWorld();
    const [one, other] = [follow(world), follow(world, world.ada)];
    await Promise.all([one.join(), other.join()]);
    expect(await world.presence.count()).toBe(2);
    one.stop();
    one.stop();
    expect(await world.presence.count()).toBe(1);
    await world.say('to the other');
    expect(one.follower.calls).toEqual(['ready 0']);
    expect(other.follower.calls).toEqual(['ready 0', 'deliver to the other']);
    other.stop();
    expect(await world.presence.count()).toBe(0);
    expect(world.broadcast.listeners).toBe(0);
  });

  it('hears nothing when it was stopped before it had joined', async () => {
    const world = await aWorld();
    const { join, stop, follower } = follow(world, world.bob, 0);
    const joined = join();
    stop();
    await joined;
    await world.say('a');
    expect(follower.calls).toEqual([]);
    expect(world.broadcast.listeners).toBe(0);
  });
});

describe('follow-chat: failing', () => {
  it('ends as unavailable when the store cannot be read, and works for the next one', async () => {
    const world = await aWorld();
    world.storage.failReads = true;
    const first = follow(world);
    await first.join();
    expect(first.follower.calls).toEqual(['end unavailable']);
    expect(world.broadcast.listeners).toBe(0);
    world.storage.failReads = false;
    const next = follow(world);
    await next.join();
    await world.say('a');
    expect(next.follower.calls).toEqual(['ready 0', 'deliver a']);
  });

  it('ends as unavailable when what was missed cannot be read, and works for the next one', async () => {
    const world = await aWorld();
    const { join, follower } = follow(world);
    await join();
    await world.storage.unitOfWork.run((store) => insertMessage(store, world.lobby, world.ada.user));
    world.storage.failReads = true;
    await world.say('after a gap');
    expect(await follower.ended).toBe('unavailable');
    world.storage.failReads = false;
    const next = follow(world, world.bob, 0);
    await next.join();
    expect(revisionsOf(next.follower)).toEqual([1, 2]);
  });
});

describe('follow-chat: flushing', () => {
  it('delivers at once what is held back', async () => {
    const world = await aWorld();
    const { join, flush, follower } = follow(world);
    await join();
    await world.say('first', 'second', 'third');
    flush();
    expect(follower.calls).toEqual(['ready 0', 'deliver first', 'deliver second third']);
    world.timer.advance(10);
    expect(follower.calls).toHaveLength(3);
  });
});
