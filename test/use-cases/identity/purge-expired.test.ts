import { describe, expect, it } from 'vitest';
import { makePurgeExpired } from '../../../src/application/use-cases/identity/purge-expired.ts';
import { DAY, HOUR } from '../../fakes.ts';
import { aWorld, type World } from '../world.ts';

const MINUTE = HOUR / 60;
const NOTHING = { sessions: 0, invites: 0, names: 0 };

/** Advances clock and timer by an hour, with a purge each minute. Answers what was removed. */
async function anHourPasses({ useCases, clock, timer }: Pick<World, 'useCases' | 'clock' | 'timer'>) {
  const removed = { ...NOTHING };
  for (let minute = 0; minute < 60; minute += 1) {
    clock.advance(MINUTE);
    timer.advance(MINUTE);
    const { sessions, invites, names } = await useCases.purgeExpired();
    removed.sessions += sessions;
    removed.invites += invites;
    removed.names += names;
  }
  return removed;
}

describe('purge-expired', () => {
  it('AU-8: forgets the names whose 90 days are over, and none before', async () => {
    const world = await aWorld();
    await world.useCases.changeUsername(world.ada, { username: 'lovelace' });
    world.clock.advance(90 * DAY - 2 * HOUR);
    expect((await anHourPasses(world)).names).toBe(0);
    expect((await anHourPasses(world)).names).toBe(0);
    expect((await anHourPasses(world)).names).toBe(1);
  });

  it('SE-6: removes the sessions and invites whose time is over within an hour, an outsider’s too, and no others', async () => {
    const world = await aWorld();
    const { useCases, storage, broadcast, clock, ada, bob, eve, lobby } = world;
    await useCases.createInvite(ada, lobby.id);
    clock.advance(6 * DAY);
    await storage.unitOfWork.run((store) => store.sessions.see(bob.credential.id, clock.now()));
    const { code } = await useCases.createInvite(ada, lobby.id);
    expect(await anHourPasses(world)).toEqual(NOTHING);

    clock.advance(DAY - HOUR);
    expect(await anHourPasses(world)).toEqual({ sessions: 2, invites: 1, names: 0 });
    const ended = [ada, eve].map(({ user, credential }) => ({
      type: 'session_ended',
      userId: user.id,
      sessionId: credential.id,
    }));
    expect(broadcast.published).toEqual(expect.arrayContaining(ended));
    expect(await storage.view.sessions.find(ada.credential.id)).toBeUndefined();
    expect(await storage.view.sessions.find(bob.credential.id)).toBeDefined();
    expect(await useCases.viewInvite(eve, code)).toMatchObject({ chat: { id: lobby.id } });
    expect(await useCases.purgeExpired()).toEqual(NOTHING);
  });

  it.each([1, 2, 29])(
    'CK-1: a clock that steps forward by 40 days for %d minutes and back removes nothing, which is good again then',
    async (minutes) => {
      const world = await aWorld();
      const { useCases, clock, timer, storage, ada, eve, lobby } = world;
      const { code } = await useCases.createInvite(ada, lobby.id);
      await anHourPasses(world);
      clock.advance(40 * DAY);
      expect(await useCases.viewInvite(eve, code).catch(({ code }) => code)).toBe('not_found');
      for (let minute = 0; minute < minutes; minute += 1) {
        expect(await useCases.purgeExpired()).toEqual(NOTHING);
        clock.advance(MINUTE);
        timer.advance(MINUTE);
      }
      expect(await useCases.purgeExpired()).toEqual(NOTHING);
      clock.advance(-40 * DAY);
      expect(await anHourPasses(world)).toEqual(NOTHING);
      expect(await storage.view.sessions.find(ada.credential.id)).toBeDefined();
      expect(await useCases.viewInvite(eve, code)).toMatchObject({ chat: { id: lobby.id } });
    },
  );

  it('CK-1: a clock that steps each time just before it is looked at removes nothing', async () => {
    const world = await aWorld();
    const { useCases, clock, timer } = world;
    for (let look = 0; look < 20; look += 1) {
      const step = look % 2 === 0 ? 40 * DAY : -40 * DAY;
      clock.advance(step);
      timer.advance(20 * MINUTE);
      expect(await useCases.purgeExpired()).toEqual(NOTHING);
    }
  });

  it('CK-1: a process that started while the clock was wrong removes nothing in its first half hour', async () => {
    const { useCases, clock, timer } = await aWorld();
    clock.advance(40 * DAY);
    for (let minute = 0; minute < 30; minute += 1) {
      expect(await useCases.purgeExpired()).toEqual(NOTHING);
      timer.advance(MINUTE);
    }
    expect((await useCases.purgeExpired()).sessions).toBe(3);
  });

  it('CK-1: one of several instances whose clock is wrong for long removes nothing: the database knows better', async () => {
    const world = await aWorld();
    const databaseTime = world.clock.now();
    const view = { ...world.storage.view, time: async () => databaseTime };
    const purgeExpired = makePurgeExpired({ ...world, unitOfWork: world.storage.unitOfWork, view });
    world.clock.advance(40 * DAY);
    expect(await anHourPasses({ ...world, useCases: { ...world.useCases, purgeExpired } })).toEqual(NOTHING);
  });
});
