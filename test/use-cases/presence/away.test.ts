import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import type { Availability } from '../../../src/domain/presence/availability.ts';
import type { PersonPresence } from '../../../src/domain/presence/person.ts';
import { insertUser, NOW } from '../../builders.ts';
import { DAY, HOUR } from '../../fakes.ts';
import { followWithDetails, recordingFollower } from '../messages/recording-follower.ts';
import { aWorld, type World } from '../world.ts';

/** Lets what is under way end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Lets time pass on both clocks, step by step. */
async function pass(world: World, ms: number, step = 500): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    world.clock.advance(step);
    world.timer.advance(step);
    await settled();
  }
}

/** A connection of the actor, and how it has seen Bob last; undefined for never. */
async function watching(world: World, actor: Actor) {
  const seen: Availability[] = [];
  const following = world.useCases.followUser(actor, {
    ...{
      hello() {},
      chat() {},
      left() {},
      typing() {},
      sound() {},
      signedIn() {},
      oversightChanged() {},
      pictureSet() {},
      renamed() {},
      end() {},
    },
    presence({ user, availability }: PersonPresence) {
      if (user.id === world.bob.user.id) seen.push(availability);
    },
  });
  await following.join();
  await pass(world, 1_000);
  return { following, seen, last: () => seen.at(-1) };
}

describe('set-away: saying that one is away until a moment', () => {
  it('is shown at once to people who share a chat, connected or not, and ends by itself at that moment', async () => {
    const world = await aWorld();
    const adas = await watching(world, world.ada);
    const until = world.clock.now() + HOUR;
    expect(await world.useCases.setAway(world.bob, { until })).toBe(until);
    await settled();
    expect(adas.seen).toEqual([{ state: 'away', until }]);
    await pass(world, HOUR - 1_000, HOUR - 1_000);
    expect(adas.seen).toHaveLength(1);
    await pass(world, 1_000, 1_000);
    expect(adas.seen.slice(1)).toEqual([{ state: 'offline' }]);
    expect(await world.useCases.viewAway(world.bob)).toBeUndefined();
  });

  it('stands above what the devices say, which is shown again afterwards', async () => {
    const world = await aWorld();
    const [adas, bobs] = [await watching(world, world.ada), await watching(world, world.bob)];
    bobs.following.renewPresence('active');
    await pass(world, 2_000);
    await world.useCases.setAway(world.bob, { forMs: 10_000 });
    await pass(world, 2_000);
    const until = NOW + 14_000;
    expect(adas.seen).toEqual([{ state: 'active' }, { state: 'away', until }]);
    bobs.following.renewPresence('idle');
    await pass(world, 2_000);
    expect(adas.last()).toEqual({ state: 'away', until });
    await pass(world, 9_000);
    expect(adas.last()).toEqual({ state: 'idle' });
    expect(bobs.seen).toEqual([]);
  });

  it('is taken back, put off and brought forward', async () => {
    const world = await aWorld();
    const adas = await watching(world, world.ada);
    const { setAway, viewAway } = world.useCases;
    for (const until of [NOW + HOUR, NOW + DAY, NOW + 2 * HOUR]) {
      await setAway(world.bob, { until });
      await pass(world, 2_000);
      expect(adas.last()).toEqual({ state: 'away', until });
      expect(await viewAway(world.bob)).toBe(until);
    }
    await pass(world, 2 * HOUR, 60_000);
    expect(adas.last()).toEqual({ state: 'offline' });
    await setAway(world.bob, { forMs: HOUR });
    await pass(world, 2_000);
    expect(await setAway(world.bob, null)).toBeUndefined();
    await pass(world, 2_000);
    expect(adas.last()).toEqual({ state: 'offline' });
    expect(await viewAway(world.bob)).toBeUndefined();
    expect(world.timer.pending).toBeLessThan(9);
  });

  it('is known to an instance that starts later, and told with a followed chat and with direct chats', async () => {
    const world = await aWorld();
    const until = NOW + 2 * DAY;
    await world.storage.unitOfWork.run((store) => store.users.setAwayUntil(world.bob.user.id, until));
    const adas = await watching(world, world.ada);
    expect(adas.seen).toEqual([]);
    const later = await watching(world, world.ada);
    expect(later.seen).toEqual([]);
    later.following.followChat({ chatId: world.lobby.id, after: undefined, wantsDetails: false }, recordingFollower());
    await later.following.tellPresence(world.lobby.id);
    expect(later.seen).toEqual([{ state: 'away', until }]);
    await world.useCases.openDirectChat(world.ada, { usernames: ['bob'] });
    const latest = await watching(world, world.ada);
    expect(latest.seen).toEqual([{ state: 'away', until }]);
    await pass(world, 2 * DAY, 30 * 60_000);
    expect(latest.last()).toEqual({ state: 'offline' });
  });

  it('PE-2: is told to no outsider, who shares no chat, and not to oneself', async () => {
    const world = await aWorld();
    const [eves, bobs] = [await watching(world, world.eve), await watching(world, world.bob)];
    await world.useCases.setAway(world.bob, { forMs: HOUR });
    await pass(world, 2_000);
    expect([...eves.seen, ...bobs.seen]).toEqual([]);
  });

  it('is read again when events may have been missed, and once the storage is back', async () => {
    const world = await aWorld();
    const adas = await watching(world, world.ada);
    await pass(world, 2_000);
    const until = NOW + HOUR;
    await world.storage.unitOfWork.run((store) => store.users.setAwayUntil(world.bob.user.id, until));
    world.storage.failReads = true;
    world.broadcast.publishPresence({ type: 'events_missed' });
    await pass(world, 3_000);
    expect(adas.seen).toEqual([]);
    world.storage.failReads = false;
    await pass(world, 3_000);
    expect(adas.seen).toEqual([{ state: 'away', until }]);
    expect(world.log.entries).toEqual([]);
  });

  it.each([
    ['a moment that has passed', NOW],
    ['a moment in more than a year', NOW + 367 * DAY],
    ['no moment at all', Number.NaN],
  ])('refuses %s', async (_what, until) => {
    const world = await aWorld();
    await world.useCases.setAway(world.bob, { forMs: HOUR });
    await expect(world.useCases.setAway(world.bob, { until })).rejects.toMatchObject({ code: 'invalid_away' });
    expect(await world.useCases.viewAway(world.bob)).toBe(NOW + HOUR);
  });

  it('changes nothing for an account whose registration was undone', async () => {
    const world = await aWorld();
    const gone = await world.storage.unitOfWork.run((store) => insertUser(store, 'gone'));
    const actor = { ...world.eve, user: { ...gone, id: (gone.id + 100) as typeof gone.id } };
    await expect(world.useCases.setAway(actor, { forMs: HOUR })).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('changes nothing in who is counted as online', async () => {
    const world = await aWorld();
    const [page, bobs] = [followWithDetails(world, world.ada), await watching(world, world.bob)];
    await page.join();
    for (const actor of [world.ada, world.bob]) await world.useCases.setAway(actor, { forMs: HOUR });
    await pass(world, 2_000);
    const told = () => page.follower.calls.filter((call) => call.startsWith('details')).at(-1);
    expect(told()).toBe('details Lobby 2 1');
    bobs.following.renewPresence('active');
    await pass(world, 2_000);
    expect(told()).toBe('details Lobby 2 2');
  });
});

describe('view-away', () => {
  it('answers outsiders until when they are away themselves, and nobody else', async () => {
    const world = await aWorld();
    await world.useCases.setAway(world.bob, { forMs: HOUR });
    expect(await world.useCases.viewAway(world.eve)).toBeUndefined();
    await world.useCases.setAway(world.eve, { forMs: 2 * HOUR });
    expect(await world.useCases.viewAway(world.eve)).toBe(NOW + 2 * HOUR);
  });
});
