import { describe, expect, it } from 'vitest';
import { settled } from '../../fakes.ts';
import { follow } from '../messages/recording-follower.ts';
import { aWorld, type World } from '../world.ts';

/** As the broadcast reports now and then: events may have been lost. */
function hint({ broadcast, bob }: World): void {
  broadcast.publishToUser(bob.user.id, { type: 'events_missed' });
}

async function aSecondLater(world: World): Promise<void> {
  world.timer.advance(1_000);
  await settled();
}

async function following(world: World, actor = world.bob) {
  const followed = follow(world, actor);
  await followed.join();
  return followed.follower;
}

const endSilently = (world: World) =>
  world.storage.unitOfWork.run((store) => store.sessions.remove(world.bob.credential.id));

describe('SE-5: a session of whose end nothing was heard', () => {
  it('SE-5: ends what is open under it within a second of the word that something may have been missed', async () => {
    const world = await aWorld();
    const [bob, again, ada] = [await following(world), await following(world), await following(world, world.ada)];
    await endSilently(world);
    await aSecondLater(world);
    expect(bob.calls).toEqual(['ready 0']);
    hint(world);
    await aSecondLater(world);
    for (const { calls } of [bob, again]) expect(calls).toEqual(['ready 0', 'end session_ended']);
    expect(ada.calls).toEqual(['ready 0']);
  });

  it('goes on when it has not ended, and is not read again before the next word', async () => {
    const world = await aWorld();
    const bob = await following(world);
    hint(world);
    await aSecondLater(world);
    world.storage.failReads = true;
    await aSecondLater(world);
    world.storage.failReads = false;
    await endSilently(world);
    await aSecondLater(world);
    expect(bob.calls).toEqual(['ready 0']);
    hint(world);
    await aSecondLater(world);
    expect(bob.calls).toEqual(['ready 0', 'end session_ended']);
  });

  it('is asked for until the store can be read', async () => {
    const world = await aWorld();
    const bob = await following(world);
    await endSilently(world);
    world.storage.failReads = true;
    hint(world);
    for (let second = 0; second < 3; second += 1) await aSecondLater(world);
    expect(bob.calls).toEqual(['ready 0']);
    world.storage.failReads = false;
    await aSecondLater(world);
    expect(bob.calls).toEqual(['ready 0', 'end session_ended']);
  });

  it('is found when it ends while it is being read, and the word comes before the answer', async () => {
    const world = await aWorld();
    const bob = await following(world);
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    world.storage.slowReads = promise;
    hint(world);
    await aSecondLater(world);
    await endSilently(world);
    hint(world);
    world.storage.slowReads = undefined;
    answer();
    await settled();
    await aSecondLater(world);
    expect(bob.calls).toEqual(['ready 0', 'end session_ended']);
  });

  it('passes over who has gone meanwhile', async () => {
    const world = await aWorld();
    const { join, stop, follower } = follow(world);
    await join();
    stop();
    hint(world);
    await aSecondLater(world);
    expect(follower.calls).toEqual(['ready 0']);
  });
});
