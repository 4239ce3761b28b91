import { describe, expect, it } from 'vitest';
import type { PresenceReported } from '../../../src/domain/events.ts';
import { insertChat, insertUser } from '../../builders.ts';
import { connect } from '../chats/recording-user-follower.ts';
import { followWithDetails } from '../messages/recording-follower.ts';
import { aWorld, type World } from '../world.ts';

/** Lets what is under way end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Lets time pass, second by second, as the timers ask. */
async function pass(world: World, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    world.timer.advance(500);
    await settled();
  }
}

async function connected(world: World, actor = world.bob) {
  const device = connect(world, actor);
  await device.following.join();
  device.news();
  return device;
}

describe('presence', () => {
  it('is in the number of people online above a chat: members who are connected anywhere count, each once', async () => {
    const world = await aWorld();
    const page = followWithDetails(world, world.ada);
    await page.join();
    const told = () => page.follower.calls.filter((call) => call.startsWith('details'));
    await pass(world, 1_000);
    expect(told()).toEqual(['details Lobby 2 1']);
    const [adas, bobs, eves] = [
      await connected(world, world.ada),
      await connected(world),
      await connected(world, world.eve),
    ];
    for (const { following } of [adas, bobs, eves]) following.renewPresence('active');
    await pass(world, 2_000);
    expect(told().slice(1)).toEqual(['details Lobby 2 2']);
    bobs.following.renewPresence('idle');
    await pass(world, 2_000);
    expect(told().slice(2)).toEqual([]);
    bobs.following.stop();
    await pass(world, 9_000);
    expect(told().slice(2)).toEqual(['details Lobby 2 1']);
  });

  it('is told at once, and again only when it has changed', async () => {
    const world = await aWorld();
    const [adas, bobs] = [await connected(world, world.ada), await connected(world)];
    bobs.following.renewPresence('active');
    await settled();
    expect(adas.news()).toEqual(['presence bob active']);
    for (let n = 0; n < 4; n += 1) {
      await pass(world, 30_000);
      bobs.following.renewPresence('active');
    }
    expect(adas.news()).toEqual([]);
    expect(bobs.news()).toEqual([]);
  });

  it('ends 60 s after the last renewal, and 5 s after the connection has closed', async () => {
    const world = await aWorld();
    const [adas, bobs] = [await connected(world, world.ada), await connected(world)];
    bobs.following.renewPresence('idle');
    await pass(world, 59_000);
    expect(adas.news()).toEqual(['presence bob idle']);
    await pass(world, 2_500);
    expect(adas.news()).toEqual(['presence bob offline']);
    bobs.following.renewPresence('active');
    await pass(world, 1_000);
    bobs.following.stop();
    await pass(world, 4_000);
    expect(adas.news()).toEqual(['presence bob active']);
    await pass(world, 3_000);
    expect(adas.news()).toEqual(['presence bob offline']);
  });

  it('outlasts the loading of a page', async () => {
    const world = await aWorld();
    const [adas, first] = [await connected(world, world.ada), await connected(world)];
    first.following.renewPresence('active');
    first.following.stop();
    const second = await connected(world);
    second.following.renewPresence('active');
    await pass(world, 20_000);
    expect(adas.news()).toEqual(['presence bob active']);
  });

  it('that changes often is told once a second at most, as it is then', async () => {
    const world = await aWorld();
    const [adas, bobs] = [await connected(world, world.ada), await connected(world)];
    for (let n = 0; n < 20; n += 1) {
      bobs.following.renewPresence(n % 2 === 0 ? 'active' : 'idle');
      await settled();
    }
    expect(adas.news()).toHaveLength(1);
    await pass(world, 1_000);
    expect(adas.news()).toEqual(['presence bob idle']);
  });

  it('PE-1: is not told in chats with more than 250 members, nor of those who are there with such a chat', async () => {
    const world = await aWorld();
    const hall = await world.storage.unitOfWork.run(async (store) => {
      const crowd = [];
      for (let n = 0; n < 250; n += 1) crowd.push(await insertUser(store, `crowd-${n}`));
      return insertChat(store, 'Hall', world.eve.user, world.bob.user, ...crowd);
    });
    const [eves, adas, bobs] = [
      await connected(world, world.eve),
      await connected(world, world.ada),
      await connected(world),
    ];
    bobs.following.renewPresence('active');
    await settled();
    expect(adas.news()).toEqual(['presence bob active']);
    await eves.following.tellPresence(hall.id);
    expect(eves.news()).toEqual([]);
  });

  it('costs no frame at connecting, whatever the number of chats, and is told once of a person in 200 shared chats', async () => {
    const world = await aWorld();
    await world.storage.unitOfWork.run(async (store) => {
      for (let n = 0; n < 200; n += 1) await insertChat(store, `Chat ${n}`, world.ada.user, world.bob.user);
    });
    const bobs = await connected(world);
    bobs.following.renewPresence('active');
    await pass(world, 2_000);
    const adas = connect(world, world.ada);
    await adas.following.join();
    expect(adas.news().filter((call) => call.startsWith('presence'))).toEqual([]);
    bobs.following.renewPresence('idle');
    await settled();
    expect(adas.news()).toEqual(['presence bob idle']);
  });

  it('of the people at another instance is told like that of its own, and forgotten when nothing is heard of it', async () => {
    const world = await aWorld();
    const adas = await connected(world, world.ada);
    const report = (availability: 'active' | 'idle' | 'offline', lastsMs: number): PresenceReported => ({
      type: 'presence_reported',
      instance: 'there',
      people: [{ user: world.bob.user, availability, lastsMs, activeSessions: [] }],
    });
    world.broadcast.publishPresence(report('active', 60_000));
    await settled();
    expect(adas.news()).toEqual(['presence bob active']);
    await pass(world, 62_000);
    expect(adas.news()).toEqual(['presence bob offline']);
    world.broadcast.publishPresence(report('idle', 999_999_999));
    await pass(world, 1_000);
    world.broadcast.publishPresence(report('offline', 0));
    await pass(world, 1_000);
    expect(adas.news()).toEqual(['presence bob idle', 'presence bob offline']);
  });

  it('is reported to the other instances once a second, with what is left of each lease', async () => {
    const world = await aWorld();
    const reports: PresenceReported[] = [];
    world.broadcast.subscribeToPresence((event) => event.type === 'presence_reported' && reports.push(event));
    const bobs = await connected(world);
    for (let n = 0; n < 5; n += 1) bobs.following.renewPresence('active');
    await pass(world, 1_000);
    const people = [
      { user: world.bob.user, availability: 'active', lastsMs: 59_000, activeSessions: [world.bob.credential.id] },
    ];
    expect(reports).toEqual([{ type: 'presence_reported', instance: 'here', people }]);
  });

  it('that could not be told while the storage was away is told later', async () => {
    const world = await aWorld();
    const [adas, bobs] = [await connected(world, world.ada), await connected(world)];
    world.storage.failReads = true;
    bobs.following.renewPresence('active');
    await settled();
    expect(adas.news()).toEqual([]);
    await adas.following.tellPresence(world.lobby.id);
    world.storage.failReads = false;
    await pass(world, 2_000);
    expect(adas.news()).toEqual(['presence bob active']);
  });
});
