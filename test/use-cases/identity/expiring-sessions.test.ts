import { describe, expect, it } from 'vitest';
import { DAY, HOUR, settled } from '../../fakes.ts';
import { follow } from '../messages/recording-follower.ts';
import { aWorld, type World } from '../world.ts';

const LIFE = 7 * DAY;

async function aSecondLater(world: World): Promise<void> {
  world.timer.advance(1000);
  await settled();
}

async function following(world: World, actor = world.bob) {
  const followed = follow(world, actor);
  await followed.join();
  return followed;
}

/** The number of reads of sessions since. */
function countReads(world: World): () => number {
  const { sessions } = world.storage.view;
  const { find } = sessions;
  let reads = 0;
  sessions.find = (id) => {
    reads += 1;
    return find(id);
  };
  return () => reads;
}

describe('SE-5: what is open under a session that expires', () => {
  it('ends within a second of that, with no message after', async () => {
    const world = await aWorld();
    const { follower } = await following(world);
    world.clock.advance(LIFE - 1);
    await aSecondLater(world);
    await world.say('in time');
    world.clock.advance(1);
    await aSecondLater(world);
    await world.say('too late');
    expect(follower.calls).toEqual(['ready 0', 'deliver in time', 'end session_ended']);
    expect(await world.presence.count()).toBe(0);
    expect(world.broadcast.listeners).toBe(0);
  });

  it('goes on as long as its person posts on it, which is written down once a day', async () => {
    const world = await aWorld();
    const { follower, used } = await following(world);
    const seenAt = async () => (await world.storage.view.sessions.find(world.bob.credential.id))?.session.seenAt;
    const began = await seenAt();
    world.clock.advance(DAY - 1);
    used();
    await settled();
    expect(await seenAt()).toBe(began);
    for (let day = 0; day < 8; day += 1) {
      world.clock.advance(DAY);
      used();
      await aSecondLater(world);
      expect(await seenAt()).toBe(world.clock.now());
    }
    expect(follower.calls).toEqual(['ready 0']);
  });

  it('goes on as long as visits prolong it', async () => {
    const world = await aWorld();
    const { follower } = await following(world);
    world.clock.advance(6 * DAY);
    await world.storage.unitOfWork.run((store) => store.sessions.see(world.bob.credential.id, world.clock.now()));
    world.clock.advance(DAY);
    await aSecondLater(world);
    world.clock.advance(6 * DAY - 1);
    await aSecondLater(world);
    expect(follower.calls).toEqual(['ready 0']);
    world.clock.advance(1);
    await aSecondLater(world);
    expect(follower.calls).toEqual(['ready 0', 'end session_ended']);
  });

  it('ends all that is open under it, and nothing else', async () => {
    const world = await aWorld();
    const bobs = [await following(world), await following(world)];
    const { follower: ada } = await following(world, world.ada);
    await world.storage.unitOfWork.run((store) => store.sessions.see(world.ada.credential.id, world.clock.now() + DAY));
    world.clock.advance(LIFE);
    await aSecondLater(world);
    for (const { follower } of bobs) expect(follower.calls).toEqual(['ready 0', 'end session_ended']);
    expect(ada.calls).toEqual(['ready 0']);
  });

  it('CK-1: goes by the clock as it stands when that is set back and forth', async () => {
    const world = await aWorld();
    const { follower } = await following(world);
    world.clock.advance(-HOUR);
    await aSecondLater(world);
    world.clock.advance(LIFE);
    await aSecondLater(world);
    expect(follower.calls).toEqual(['ready 0']);
    world.clock.advance(HOUR);
    await aSecondLater(world);
    expect(follower.calls).toEqual(['ready 0', 'end session_ended']);
  });

  it('ends at once when it had expired before anything was opened', async () => {
    const world = await aWorld();
    world.clock.advance(LIFE);
    const { follower } = await following(world);
    expect(follower.calls).toEqual(['end session_ended']);
  });

  it('ends as soon as the session can be read again, when it could not be', async () => {
    const world = await aWorld();
    const { follower } = await following(world);
    world.clock.advance(LIFE);
    world.storage.failReads = true;
    for (let second = 0; second < 3; second += 1) await aSecondLater(world);
    expect(follower.calls).toEqual(['ready 0']);
    world.storage.failReads = false;
    await aSecondLater(world);
    expect(follower.calls).toEqual(['ready 0', 'end session_ended']);
  });

  it('costs no read until something is due, and no timer once nothing is open', async () => {
    const world = await aWorld();
    const reads = countReads(world);
    const { stop } = await following(world);
    const [atFirst, after] = [reads(), world.timer.after];
    for (let second = 0; second < 60; second += 1) await aSecondLater(world);
    expect(reads()).toBe(atFirst);
    stop();
    await aSecondLater(world);
    let timers = 0;
    world.timer.after = (ms, run) => {
      timers += 1;
      after(ms, run);
    };
    await aSecondLater(world);
    expect(timers).toBe(0);
  });
});
