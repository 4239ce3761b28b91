import { describe, expect, it } from 'vitest';
import { inviteId } from '../../../src/domain/chats/invite.ts';
import { jobId } from '../../../src/domain/jobs/job.ts';
import { NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

/** Ada administers. Eve is an outsider to it, and so is Bob. */
async function administered(): Promise<World> {
  const world = await aWorld();
  await world.storage.unitOfWork.run(({ administration }) => administration.setAdministrator(world.ada.user.id, NOW));
  return world;
}

/** A job that was given up. */
async function aDeadJob({ storage }: World) {
  await storage.unitOfWork.run(async ({ jobs }) => {
    await jobs.add({ kind: 'scrub' }, { delayMs: 0 });
    const [claimed] = await jobs.claim({ lane: 'local', limit: 1, leaseMs: 1 });
    if (claimed) await jobs.bury(claimed, 'It did not work.');
  });
  const [dead] = await storage.view.jobs.dead(1);
  if (!dead) throw new Error('There is no dead job.');
  return dead;
}

describe('view-people', () => {
  it('finds people by a part of their names, whatever the case', async () => {
    const { useCases, ada, bob, eve } = await administered();
    const find = async (text: string) => (await useCases.viewPeople(ada, { text })).people.map(({ user }) => user);
    expect(await find('')).toEqual([ada.user, bob.user, eve.user]);
    expect(await find(' B ')).toEqual([bob.user]);
    expect(await find('E')).toEqual([eve.user]);
  });

  it('does not exist for outsiders', async () => {
    const { useCases, bob, eve } = await administered();
    for (const outsider of [bob, eve])
      expect(await refusal(useCases.viewPeople(outsider, { text: '' }))).toBe('not_found');
  });
});

describe('view-installation', () => {
  it('tells how large the installation is, and how it does', async () => {
    const world = await administered();
    await aDeadJob(world);
    expect(await world.useCases.viewInstallation(world.ada)).toMatchObject({
      ...{ registration: 'open', isReady: true, connectedClients: 0 },
      totals: { people: 3, chats: 2 },
      jobs: { due: 0, dead: 1 },
    });
  });

  it('does not exist for outsiders', async () => {
    const { useCases, eve } = await administered();
    expect(await refusal(useCases.viewInstallation(eve))).toBe('not_found');
  });
});

describe('view-largest-chats', () => {
  it('tells names and counts, also of chats that the administrator is not in, and no words', async () => {
    const { useCases, ada, eve, den, lobby } = await administered();
    await useCases.postMessage(eve, { chatId: den.id, text: 'a secret' });
    const { items } = await useCases.viewLargestChats(ada, { by: 'size', page: 1 });
    expect(items).toMatchObject([{ id: den.id, name: 'Den', members: 1, changes: 1 }, { id: lobby.id }]);
    expect(JSON.stringify(items)).not.toContain('secret');
    expect(await refusal(useCases.readHistory(ada, { chatId: den.id, limit: 1 }))).toBe('forbidden');
  });

  it('does not exist for outsiders', async () => {
    const { useCases, eve } = await administered();
    expect(await refusal(useCases.viewLargestChats(eve, { by: 'use', page: 1 }))).toBe('not_found');
  });
});

describe('view-live-invites', () => {
  it('shows the invites that work, and ends one, which is written down', async () => {
    const { useCases, ada, eve, den, storage } = await administered();
    const { code } = await useCases.createInvite(eve, den.id);
    const { items } = await useCases.viewLiveInvites(ada, 1);
    expect(items).toMatchObject([{ chat: { id: den.id, name: 'Den' }, by: eve.user }]);
    const id = items[0]?.invite.id ?? inviteId('none');
    await useCases.withdrawInvite(ada, id);
    expect(await refusal(useCases.viewInvite(undefined, code))).toBe('not_found');
    expect(await refusal(useCases.withdrawInvite(ada, id))).toBe('not_found');
    expect(await storage.view.administration.acts({ before: undefined, limit: 9 })).toMatchObject([
      { kind: 'revoke_invite', by: ada.user, about: eve.user, detail: 'Den' },
    ]);
  });

  it('shows outsiders nothing', async () => {
    const { useCases, bob } = await administered();
    expect(await refusal(useCases.viewLiveInvites(bob, 1))).toBe('not_found');
  });
});

describe('withdraw-invite', () => {
  it('does not exist for outsiders', async () => {
    const { useCases, ada, bob, lobby } = await administered();
    const { code } = await useCases.createInvite(ada, lobby.id);
    const [live] = (await useCases.viewLiveInvites(ada, 1)).items;
    expect(await refusal(useCases.withdrawInvite(bob, live?.invite.id ?? inviteId('none')))).toBe('not_found');
    expect((await useCases.viewInvite(undefined, code)).chat).toMatchObject({ name: 'Lobby' });
  });
});

describe('view-dead-jobs', () => {
  it('shows what was given up, and nothing to outsiders', async () => {
    const world = await administered();
    const dead = await aDeadJob(world);
    expect(await world.useCases.viewDeadJobs(world.ada)).toEqual([dead]);
    expect(await refusal(world.useCases.viewDeadJobs(world.eve))).toBe('not_found');
  });
});

describe('settle-dead-job', () => {
  it('retries a job, or drops it, and writes that down', async () => {
    const world = await administered();
    const { useCases, ada, storage } = world;
    const first = await aDeadJob(world);
    await useCases.settleDeadJob(ada, { id: first.id, how: 'retry' });
    expect(await storage.view.jobs.count()).toEqual({ due: 1, dead: 0 });
    const second = await aDeadJob(world);
    await useCases.settleDeadJob(ada, { id: second.id, how: 'drop' });
    expect((await storage.view.jobs.count()).dead).toBe(0);
    expect(await refusal(useCases.settleDeadJob(ada, { id: second.id, how: 'drop' }))).toBe('not_found');
    expect(await storage.view.administration.acts({ before: undefined, limit: 9 })).toMatchObject([
      { kind: 'drop_job', by: ada.user, about: null, detail: 'scrub' },
      { kind: 'retry_job', by: ada.user, about: null, detail: 'scrub' },
    ]);
  });

  it('does not exist for outsiders', async () => {
    const world = await administered();
    const { id } = await aDeadJob(world);
    expect(await refusal(world.useCases.settleDeadJob(world.eve, { id, how: 'drop' }))).toBe('not_found');
    expect(await refusal(world.useCases.settleDeadJob(world.ada, { id: jobId(999), how: 'drop' }))).toBe('not_found');
    expect((await world.storage.view.jobs.count()).dead).toBe(1);
  });
});

describe('view-administrator-acts', () => {
  it('tells who did what to whom, the latest first, and nothing to outsiders', async () => {
    const { useCases, ada, bob, eve } = await administered();
    await useCases.setAdministrator(ada, { userId: bob.user.id, on: true });
    await useCases.signOutUser(bob, eve.user.id);
    const { acts, next } = await useCases.viewAdministratorActs(ada, undefined);
    expect([acts, next]).toEqual([
      [
        expect.objectContaining({ kind: 'sign_out', by: bob.user, about: eve.user, at: NOW }),
        expect.objectContaining({ kind: 'grant', by: ada.user, about: bob.user, at: NOW }),
      ],
      undefined,
    ]);
    expect(await refusal(useCases.viewAdministratorActs(eve, undefined))).toBe('not_found');
  });
});
