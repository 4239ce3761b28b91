import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import { OPERATOR } from '../../../src/application/use-cases/administration/administrators.ts';
import { makeSetAdministrator } from '../../../src/application/use-cases/administration/set-administrator.ts';
import { userId } from '../../../src/domain/ids.ts';
import { NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

const NOBODY = userId(404);

const credentials = (username: string, password = 'correct horse') => ({
  ...{ username, password, presentedTokens: [], deviceName: 'Firefox on Linux', deviceTokens: [] },
  ...{ address: '192.0.2.1', network: '192.0.2.0/24' },
});

/** Ada administers. */
async function administered(): Promise<World> {
  const world = await aWorld();
  await world.storage.unitOfWork.run(({ administration }) => administration.setAdministrator(world.ada.user.id, NOW));
  return world;
}

const standingOf = ({ storage }: World, { user }: Actor) => storage.view.administration.standing(user.id);
const actsOf = async ({ storage }: World) =>
  (await storage.view.administration.acts({ before: undefined, limit: 9 })).map(({ kind, by, about }) => [
    ...[kind, by?.username, about?.username],
  ]);

/** Runs the jobs that are due, which close what is open. */
async function runJobs({ jobWorker, storage, timer }: World): Promise<void> {
  jobWorker.start();
  while ((await storage.view.jobs.count()).due > 0) {
    timer.advance(500);
    await new Promise(setImmediate);
  }
}

describe('set-administrator', () => {
  it('makes administrators and ends that, and writes down who did it', async () => {
    const world = await administered();
    await world.useCases.setAdministrator(world.ada, { userId: world.bob.user.id, on: true });
    expect(await standingOf(world, world.bob)).toMatchObject({ administratorSince: NOW });
    await world.useCases.setAdministrator(world.bob, { userId: world.ada.user.id, on: false });
    expect(await standingOf(world, world.ada)).toMatchObject({ administratorSince: null });
    // What is so already is no act.
    await world.useCases.setAdministrator(world.bob, { userId: world.ada.user.id, on: false });
    expect(await actsOf(world)).toEqual([
      ['revoke', 'bob', 'ada'],
      ['grant', 'ada', 'bob'],
    ]);
  });

  it('never ends the last administration, also not of two that end each other at once', async () => {
    const world = await administered();
    const { ada, bob, useCases } = world;
    const revoke = (by: Actor, of: Actor) => useCases.setAdministrator(by, { userId: of.user.id, on: false });
    expect(await refusal(revoke(ada, ada))).toBe('last_administrator');
    await useCases.setAdministrator(ada, { userId: bob.user.id, on: true });
    const outcomes = await Promise.allSettled([revoke(ada, bob), revoke(bob, ada)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await world.storage.view.administration.administrators()).toHaveLength(1);
  });

  it('does not exist for outsiders, nor for administrators who are deactivated or no longer one', async () => {
    const world = await administered();
    const { ada, bob, eve, useCases } = world;
    const change = { userId: eve.user.id, on: true };
    for (const outsider of [bob, eve])
      expect(await refusal(useCases.setAdministrator(outsider, change))).toBe('not_found');
    await useCases.setAdministrator(ada, { userId: bob.user.id, on: true });
    await useCases.setDeactivated(bob, { userId: ada.user.id, on: true });
    expect(await refusal(useCases.setAdministrator(ada, change))).toBe('not_found');
    expect(await refusal(useCases.setAdministrator(bob, { userId: NOBODY, on: true }))).toBe('not_found');
    expect(await standingOf(world, eve)).toMatchObject({ administratorSince: null });
  });

  it('obeys the operator, who is nobody in the audit', async () => {
    const world = await aWorld();
    await makeSetAdministrator({ ...world, ...world.storage })(OPERATOR, { userId: world.bob.user.id, on: true });
    expect(await actsOf(world)).toEqual([['grant', undefined, 'bob']]);
  });
});

describe('set-deactivated', () => {
  it('ends the sessions at once and everything open with them, and gives all back when it ends', async () => {
    const world = await administered();
    const { ada, useCases } = world;
    const { token, user: cyd } = await useCases.authenticate(credentials('cyd'));
    await useCases.setDeactivated(ada, { userId: cyd.id, on: true });
    expect(await useCases.identifySession(token)).toBeUndefined();
    await runJobs(world);
    expect(world.broadcast.published).toContainEqual(
      expect.objectContaining({ type: 'session_ended', userId: cyd.id }),
    );
    expect(await refusal(useCases.authenticate(credentials('cyd')))).toBe('wrong_credentials');
    expect(await refusal(useCases.authenticate(credentials('cyd', 'another horse')))).toBe('wrong_credentials');
    await useCases.setDeactivated(ada, { userId: cyd.id, on: false });
    expect((await useCases.authenticate(credentials('cyd'))).user).toEqual(cyd);
    expect(await actsOf(world)).toEqual([
      ['activate', 'ada', 'cyd'],
      ['deactivate', 'ada', 'cyd'],
    ]);
  });

  it('lets nobody write to a deactivated person directly, or open a direct chat with them', async () => {
    const world = await administered();
    const { ada, bob, useCases } = world;
    const { chatId } = await useCases.openDirectChat(ada, { usernames: ['bob'] });
    const write = () => useCases.postMessage(ada, { chatId, text: 'hello' });
    await write();
    await useCases.setDeactivated(ada, { userId: bob.user.id, on: true });
    expect(await refusal(write())).toBe('forbidden');
    await useCases.setDeactivated(ada, { userId: bob.user.id, on: false });
    await write();
    const { code } = await useCases.createInvite(world.eve, world.den.id);
    await useCases.redeemInvite(bob, code);
    await useCases.setDeactivated(ada, { userId: bob.user.id, on: true });
    expect(await refusal(useCases.openDirectChat(world.eve, { usernames: ['bob'] }))).toBe('forbidden');
  });

  it('shows who is deactivated among the members of a chat, with all that they wrote', async () => {
    const { useCases, ada, bob, lobby } = await administered();
    await useCases.postMessage(bob, { chatId: lobby.id, text: 'hello' });
    await useCases.setDeactivated(ada, { userId: bob.user.id, on: true });
    const { members } = await useCases.viewMembers(ada, { chatId: lobby.id, limit: 9 });
    expect(members.map(({ user, isDeactivated }) => [user.username, isDeactivated])).toEqual([
      ['ada', false],
      ['bob', true],
    ]);
    expect((await useCases.readHistory(ada, { chatId: lobby.id, limit: 9 })).messages.at(-1)).toMatchObject({
      ...{ author: bob.user, text: 'hello' },
    });
  });

  it('keeps a block that stood before', async () => {
    const world = await administered();
    const { ada, bob, useCases } = world;
    const { chatId } = await useCases.openDirectChat(ada, { usernames: ['bob'] });
    await useCases.setBlock(bob, { userId: ada.user.id, on: true });
    for (const on of [true, false]) await useCases.setDeactivated(ada, { userId: bob.user.id, on });
    expect(await refusal(useCases.postMessage(ada, { chatId, text: 'hello' }))).toBe('forbidden');
  });

  it('does not exist for outsiders, and spares the last administrator', async () => {
    const world = await administered();
    const { ada, bob, eve, useCases } = world;
    for (const outsider of [bob, eve])
      expect(await refusal(useCases.setDeactivated(outsider, { userId: ada.user.id, on: true }))).toBe('not_found');
    expect(await refusal(useCases.setDeactivated(ada, { userId: ada.user.id, on: true }))).toBe('last_administrator');
    expect(await standingOf(world, ada)).toMatchObject({ deactivatedAt: null });
    expect(await actsOf(world)).toEqual([]);
  });
});

describe('sign-out-user', () => {
  it('ends all sessions of a person, and answers how many', async () => {
    const world = await administered();
    const { ada, bob, useCases, storage } = world;
    expect(await useCases.signOutUser(ada, bob.user.id)).toBe(1);
    expect(await storage.view.sessions.ofUser(bob.user.id)).toEqual([]);
    expect(await useCases.signOutUser(ada, bob.user.id)).toBe(0);
    expect(await actsOf(world)).toEqual([['sign_out', 'ada', 'bob']]);
  });

  it('does not exist for outsiders', async () => {
    const { useCases, eve, bob, storage } = await administered();
    expect(await refusal(useCases.signOutUser(eve, bob.user.id))).toBe('not_found');
    expect(await storage.view.sessions.ofUser(bob.user.id)).toHaveLength(1);
  });
});
