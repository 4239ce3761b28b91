import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { aWorld } from '../world.ts';
import { follow, range, removeFromLobby, revisionsOf } from './recording-follower.ts';

describe('a follower that takes no more', () => {
  it('is set aside, and brought up to date when it asks, while the others go on', async () => {
    const world = await aWorld();
    const [slow, other] = [follow(world, world.bob), follow(world, world.ada)];
    await Promise.all([slow.join(), other.join()]);
    slow.follower.takesMore = false;
    await world.say('a', 'b', 'c');
    world.timer.advance(10);
    expect(slow.follower.calls).toEqual(['ready 0', 'deliver a']);
    expect(other.follower.calls).toEqual(['ready 0', 'deliver a', 'deliver b c']);

    slow.follower.takesMore = true;
    await slow.resume(revision(1));
    await world.say('d');
    world.timer.advance(10);
    expect(revisionsOf(slow.follower)).toEqual([1, 2, 3, 4]);
    expect(revisionsOf(other.follower)).toEqual([1, 2, 3, 4]);
  });

  it('gets one part of a long replay each time it asks, and everything in the end', async () => {
    const world = await aWorld();
    await world.say(...range(1, 250).map(String));
    const { join, resume, follower } = follow(world, world.bob, 0);
    follower.takesMore = false;
    await join();
    const first = follower.delivered.length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(250);
    follower.takesMore = true;
    await resume(revision(first));
    expect(revisionsOf(follower)).toEqual(range(1, 250));
  });

  it('is reset when it asks again too late', async () => {
    const world = await aWorld();
    const { join, resume, follower } = follow(world);
    await join();
    follower.takesMore = false;
    await world.say(...range(1, 1002).map(String));
    follower.takesMore = true;
    await resume(revision(1));
    await world.say('after');
    world.timer.advance(10);
    expect(follower.calls).toEqual(['ready 0', 'deliver 1', 'reset 1002', 'deliver after']);
  });

  it('is ended all the same when it is removed', async () => {
    const world = await aWorld();
    const { join, resume, follower } = follow(world);
    await join();
    follower.takesMore = false;
    await world.say('a', 'b');
    await removeFromLobby(world, world.bob);
    await resume(revision(1));
    expect(follower.calls).toEqual(['ready 0', 'deliver a', 'end not_a_member']);
  });
});
