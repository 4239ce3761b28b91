import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/domain/messages/message.ts';
import { insertMessage } from '../../builders.ts';
import { settled } from '../../fakes.ts';
import { aWorld, type World } from '../world.ts';
import { follow, range, revisionsOf } from './recording-follower.ts';

/** Stores messages without a broadcast, as another process does whose broadcasts are lost. */
const storeSilently = ({ storage, lobby, ada }: World, count: number): Promise<readonly Message[]> =>
  storage.unitOfWork.run(async (store) => {
    const messages: Message[] = [];
    for (let n = 0; n < count; n += 1) messages.push(await insertMessage(store, lobby, ada.user));
    return messages;
  });

const broadcast = (world: World, message: Message | undefined) => {
  if (message) world.broadcast.publishToChat(world.lobby.id, { type: 'message_posted', message });
};

describe('a chat feed, when much was missed', () => {
  it('replays a thousand messages', async () => {
    const world = await aWorld();
    await storeSilently(world, 1001);
    const { join, follower } = follow(world, world.bob, 1);
    await join();
    expect(follower.calls[0]).toBe('ready 1001');
    expect(revisionsOf(follower)).toEqual(range(2, 1001));
  });

  it('resets at a thousand and one, and goes on from there', async () => {
    const world = await aWorld();
    await storeSilently(world, 1001);
    const { join, follower } = follow(world, world.bob, 0);
    await join();
    await world.say('after');
    expect(follower.calls).toEqual(['ready 1001', 'reset 1001', 'deliver after']);
  });

  it('takes from the store what it no longer has at hand', async () => {
    const world = await aWorld();
    await follow(world).join();
    for (const _ of range(1, 700)) await world.say('x');
    const { join, follower } = follow(world, world.ada, 10);
    await join();
    expect(revisionsOf(follower)).toEqual(range(11, 700));
    await world.say('x');
    world.timer.advance(10);
    expect(revisionsOf(follower)).toEqual(range(11, 701));
  });

  it.each(range(0, 12))('neither loses nor doubles what is posted %i steps into a replay', async (steps) => {
    const world = await aWorld();
    const first = follow(world, world.ada);
    await first.join();
    await storeSilently(world, 300);
    const { join, follower } = follow(world, world.bob, 0);
    const joined = join();
    for (let step = 0; step < steps; step += 1) await undefined;
    await world.say('meanwhile');
    await joined;
    world.timer.advance(10);
    await settled();
    world.timer.advance(10);
    expect(revisionsOf(follower).filter((revision) => revision > 0)).toEqual(range(1, 301));
    expect(revisionsOf(first.follower)).toEqual(range(1, 301));
  });

  it('reads the store for who has seen more than it has heard of', async () => {
    const world = await aWorld();
    const first = follow(world, world.ada);
    await first.join();
    await storeSilently(world, 3);
    const { join, follower } = follow(world, world.bob, 2);
    await join();
    expect(follower.calls[0]).toBe('ready 3');
    expect(revisionsOf(follower)).toEqual([3]);
    world.timer.advance(10);
    expect(revisionsOf(first.follower)).toEqual([1, 2, 3]);
  });
});

describe('a chat feed, when the broadcast is wrong', () => {
  it('reads from the store what the broadcast skipped', async () => {
    const world = await aWorld();
    const { join, follower } = follow(world);
    await join();
    await storeSilently(world, 4);
    await world.say('heard');
    await follower.heard(1);
    world.timer.advance(10);
    expect(revisionsOf(follower)).toEqual([1, 2, 3, 4, 5]);
  });

  it('reads more than a thousand skipped messages', async () => {
    const world = await aWorld();
    const { join, follower } = follow(world);
    await join();
    await storeSilently(world, 2500);
    await world.say('heard');
    await settled();
    world.timer.advance(10);
    expect(revisionsOf(follower)).toEqual(range(1, 2501));
  });

  it.each([
    ['doubled', [0, 0, 1, 1, 2, 2, 0, 2]],
    ['backwards', [2, 1, 0]],
    ['mixed', [1, 2, 0, 1]],
    ['only the last', [2]],
    ['with a late first', [1, 0, 2, 0]],
  ])('delivers everything once and in order when it comes %s', async (_how, order) => {
    const world = await aWorld();
    const { join, follower } = follow(world);
    await join();
    const messages = await storeSilently(world, 3);
    for (const index of order) {
      broadcast(world, messages[index]);
      await undefined;
    }
    await settled();
    world.timer.advance(10);
    expect(revisionsOf(follower)).toEqual([1, 2, 3]);
  });

  it('delivers what was stored, not what was said to be, before anybody has heard of it', async () => {
    const world = await aWorld();
    const joined = follow(world, world.bob, 0);
    const messages = await storeSilently(world, 2);
    const joining = joined.join();
    broadcast(world, messages[1]);
    await joining;
    await settled();
    world.timer.advance(10);
    expect(revisionsOf(joined.follower)).toEqual([1, 2]);
  });
});

describe('a chat feed, when the store is slow', () => {
  it('finds what is posted while it learns where the chat stands', async () => {
    const world = await aWorld();
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    world.storage.slowReads = promise;
    const { join, follower } = follow(world, world.bob, 0);
    const joined = join();
    await world.say('meanwhile');
    answer();
    await joined;
    expect(follower.calls).toEqual(['ready 1', 'deliver meanwhile']);
  });

  it('finds what it heard of, past another gap, while it was reading what it had missed', async () => {
    const world = await aWorld();
    const { join, follower } = follow(world);
    await join();
    await storeSilently(world, 1);
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    world.storage.slowReads = promise;
    await world.say('heard');
    await storeSilently(world, 1);
    await world.say('heard meanwhile');
    answer();
    await settled();
    world.timer.advance(10);
    expect(revisionsOf(follower)).toEqual([1, 2, 3, 4]);
  });
});

describe('a chat feed, when much is said', () => {
  it('delivers the first message at once and those of the next 10 ms together', async () => {
    const world = await aWorld();
    const { join, follower } = follow(world);
    await join();
    await world.say('a', 'b', 'c');
    expect(follower.calls).toEqual(['ready 0', 'deliver a']);
    world.timer.advance(9);
    expect(follower.calls).toEqual(['ready 0', 'deliver a']);
    world.timer.advance(1);
    expect(follower.calls).toEqual(['ready 0', 'deliver a', 'deliver b c']);
    await world.say('d');
    expect(follower.calls).toHaveLength(3);
    world.timer.advance(10);
    await settled();
    world.timer.advance(10);
    await world.say('e');
    expect(follower.calls.slice(3)).toEqual(['deliver d', 'deliver e']);
  });

  it('stops waiting for a while after nothing came while it waited, as senders that wait for their own message send nothing', async () => {
    const world = await aWorld();
    const { join, follower } = follow(world);
    await join();
    await world.say('first', 'waits in vain');
    expect(follower.calls).toEqual(['ready 0', 'deliver first']);
    world.timer.advance(10);
    for (let n = 1; n <= 32; n += 1) {
      await world.say(`at once ${n}`);
      expect(follower.calls.at(-1)).toBe(`deliver at once ${n}`);
    }
    await world.say('waits again', 'joined');
    expect(follower.calls.at(-1)).toBe('deliver at once 32');
    world.timer.advance(10);
    expect(follower.calls.at(-1)).toBe('deliver waits again joined');
    await world.say('waits, since the last wait was worth it');
    expect(follower.calls.at(-1)).toBe('deliver waits again joined');
  });

  it('gives all followers the same array', async () => {
    const world = await aWorld();
    const [one, other] = [follow(world), follow(world, world.ada)];
    await Promise.all([one.join(), other.join()]);
    await world.say('a');
    expect(one.follower.delivered[0]).toBe(other.follower.delivered[0]);
  });
});
