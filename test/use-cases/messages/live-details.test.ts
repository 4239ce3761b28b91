import { describe, expect, it } from 'vitest';
import { settled } from '../../fakes.ts';
import { aWorld, type World } from '../world.ts';
import { type Followed, follow, followWithDetails, type RecordingFollower } from './recording-follower.ts';

const detailsOf = ({ calls }: RecordingFollower) => calls.filter((call) => call.startsWith('details'));

async function joined(followed: Followed): Promise<RecordingFollower> {
  await followed.join();
  await settled();
  return followed.follower;
}

/** Advances time by a second, after which changed details are told. */
async function aSecondLater({ timer }: World): Promise<void> {
  timer.advance(1000);
  await settled();
}

describe('the details of a chat', () => {
  it('come once to who asked for them, after ready', async () => {
    const world = await aWorld();
    const follower = await joined(followWithDetails(world));
    expect(follower.calls).toEqual(['ready 0', 'details Lobby 2 1']);
    await aSecondLater(world);
    expect(follower.calls).toHaveLength(2);
  });

  it('come to nobody else', async () => {
    const world = await aWorld();
    const [plain] = [await joined(follow(world)), await joined(followWithDetails(world, world.ada))];
    await aSecondLater(world);
    expect(detailsOf(plain)).toEqual([]);
  });

  it('are not read while nobody wants them', async () => {
    const world = await aWorld();
    await joined(follow(world));
    const reads: string[] = [];
    const { count } = world.storage.view.members;
    Object.assign(world.storage.view.members, {
      count: (...args: Parameters<typeof count>) => {
        reads.push('count');
        return count(...args);
      },
    });
    await world.useCases.renameChat(world.ada, { chatId: world.lobby.id, name: 'Harbour' });
    await world.say('hello');
    await aSecondLater(world);
    expect(reads).toEqual([]);
  });

  it('count people, and not their sockets', async () => {
    const world = await aWorld();
    const follower = await joined(followWithDetails(world));
    const again = followWithDetails(world);
    await joined(again);
    await joined(follow(world, world.ada));
    await aSecondLater(world);
    expect(detailsOf(follower)).toEqual(['details Lobby 2 1', 'details Lobby 2 2']);
    again.stop();
    await aSecondLater(world);
    expect(detailsOf(follower)).toHaveLength(2);
  });

  it('are told again when somebody connects or goes, and when the chat gets a name or members', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, eve, lobby } = world;
    const follower = await joined(followWithDetails(world, ada));
    const bobs = follow(world, bob);
    await joined(bobs);
    await aSecondLater(world);
    bobs.stop();
    await aSecondLater(world);
    await useCases.redeemInvite(eve, (await useCases.createInvite(ada, lobby.id)).code);
    await aSecondLater(world);
    await useCases.renameChat(ada, { chatId: lobby.id, name: 'Harbour' });
    await aSecondLater(world);
    await useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id });
    await aSecondLater(world);
    expect(detailsOf(follower)).toEqual([
      'details Lobby 2 1',
      'details Lobby 2 2',
      'details Lobby 2 1',
      'details Lobby 3 1',
      'details Harbour 3 1',
      'details Harbour 2 1',
    ]);
  });

  it('are told at once when they have been the same for a second, and else together at its end', async () => {
    const world = await aWorld();
    const { useCases, ada, lobby } = world;
    const rename = async (name: string) => {
      await useCases.renameChat(ada, { chatId: lobby.id, name });
      await settled();
    };
    const follower = await joined(followWithDetails(world));
    await aSecondLater(world);
    await rename('One');
    expect(detailsOf(follower).slice(1)).toEqual(['details One 2 1']);
    await rename('Two');
    await rename('Three');
    world.timer.advance(999);
    await settled();
    expect(detailsOf(follower).slice(2)).toEqual([]);
    world.timer.advance(1);
    await settled();
    expect(detailsOf(follower).slice(2)).toEqual(['details Three 2 1']);
  });

  it('are one object for all, so that they are encoded once', async () => {
    const world = await aWorld();
    const told: object[] = [];
    const [one, other] = [followWithDetails(world), followWithDetails(world, world.ada)];
    for (const { follower } of [one, other]) follower.details = (details) => void told.push(details);
    await joined(one);
    await joined(other);
    await aSecondLater(world);
    expect(told.slice(-2)[0]).toBe(told.slice(-2)[1]);
  });

  it('are made up for when they could not be read', async () => {
    const world = await aWorld();
    const follower = await joined(followWithDetails(world));
    await aSecondLater(world);
    await world.useCases.renameChat(world.ada, { chatId: world.lobby.id, name: 'Harbour' });
    world.storage.failReads = true;
    await aSecondLater(world);
    await aSecondLater(world);
    world.storage.failReads = false;
    await aSecondLater(world);
    expect(detailsOf(follower).at(-1)).toBe('details Harbour 2 1');
  });

  it('AZ-4: reach nobody who was removed', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, lobby } = world;
    const follower = await joined(followWithDetails(world));
    await useCases.renameChat(ada, { chatId: lobby.id, name: 'Harbour' });
    await useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id });
    const told = follower.calls.length;
    await aSecondLater(world);
    expect(follower.calls.slice(told)).toEqual([]);
    expect(follower.calls.at(-1)).toBe('end not_a_member');
  });

  it('wait while a follower takes no more, and come when it is up to date again', async () => {
    const world = await aWorld();
    const slow = followWithDetails(world);
    const follower = await joined(slow);
    await aSecondLater(world);
    follower.takesMore = false;
    await world.useCases.renameChat(world.ada, { chatId: world.lobby.id, name: 'Harbour' });
    world.timer.advance(30);
    await settled();
    await aSecondLater(world);
    await joined(followWithDetails(world, world.ada));
    await aSecondLater(world);
    const before = detailsOf(follower);
    follower.takesMore = true;
    await slow.resume(follower.delivered.at(-1)?.revision ?? world.lobby.revision);
    expect(detailsOf(follower).slice(before.length)).toEqual(['details Harbour 2 2']);
  });
});
