import { expect, it } from 'vitest';
import type { ClaimedJob } from '../../../src/application/ports/jobs.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { chatId } from '../../../src/domain/ids.ts';
import type { Job, JobLane } from '../../../src/domain/jobs/job.ts';
import { pushDeviceId } from '../../../src/domain/push/device.ts';
import { NOW } from '../../builders.ts';
import { type OpenStorage, opened } from './opened.ts';

const LONG_MS = 3_600_000;
const LEASE = { leaseMs: LONG_MS };

export const anErasure = (position = 1): Job => ({
  kind: 'erase_message',
  chatId: chatId(1),
  position: revision(position),
  deletedAt: NOW,
});

export function jobsContract(open: OpenStorage): void {
  async function openedWithJobs(...delays: readonly number[]) {
    const storage = await opened(open);
    const { unitOfWork } = storage;
    await unitOfWork.run(async ({ jobs }) => {
      for (const [index, delayMs] of delays.entries()) await jobs.add(anErasure(index + 1), { delayMs });
    });
    const claim = (limit = 10, lease = LEASE) =>
      unitOfWork.run(({ jobs }) => jobs.claim({ lane: 'local', limit, ...lease }));
    const claimOne = async (): Promise<ClaimedJob> => {
      const [claimed] = await claim(1);
      if (!claimed) throw new Error('A job is due.');
      return claimed;
    };
    return { ...storage, claim, claimOne };
  }

  it('gives a job that is due to one worker, with all that was added, and no job before its time', async () => {
    const { claim } = await openedWithJobs(0, LONG_MS);
    const claimed = await claim();
    expect(claimed).toEqual([expect.objectContaining({ job: anErasure(1), attempts: 1 })]);
    expect(await claim()).toEqual([]);
  });

  it('adds no job in a unit of work that fails', async () => {
    const { unitOfWork, view } = await openedWithJobs();
    const failing = unitOfWork.run(async ({ jobs }) => {
      await jobs.add(anErasure(), { delayMs: 0 });
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await view.jobs.dueIn('local')).toBeUndefined();
  });

  it('tells when the next job is due, and how many are', async () => {
    const { view, claim } = await openedWithJobs(LONG_MS, 2 * LONG_MS);
    const wait = await view.jobs.dueIn('local');
    expect(wait).toBeGreaterThan(LONG_MS - 60_000);
    expect(wait).toBeLessThanOrEqual(LONG_MS);
    expect(await view.jobs.count()).toEqual({ due: 0, dead: 0 });
    expect(await claim()).toEqual([]);
  });

  it('claims at most as many as are asked for, the longest due first', async () => {
    const { claim, view } = await openedWithJobs(0, -3_000, -2_000);
    expect(await view.jobs.count()).toEqual({ due: 3, dead: 0 });
    expect(await view.jobs.dueIn('local')).toBe(0);
    const positions = (await claim(2)).map(({ job }) => job && 'position' in job && job.position).toSorted();
    expect(positions).toEqual([2, 3]);
    expect(await view.jobs.count()).toEqual({ due: 1, dead: 0 });
  });

  it('gives a job to another worker when the lease has ended, and the first one can change nothing any more', async () => {
    const { unitOfWork, claim } = await openedWithJobs(0);
    const [lost] = await claim(1, { leaseMs: 0 });
    const [held] = await claim(1);
    if (!lost || !held) throw new Error('It was claimed twice.');
    expect(held).toMatchObject({ id: lost.id, attempts: 2 });
    expect(held.lease).not.toBe(lost.lease);
    await unitOfWork.run(({ jobs }) => jobs.complete(lost));
    await unitOfWork.run(({ jobs }) => jobs.retryLater(lost, { delayMs: 0, error: 'late' }));
    await unitOfWork.run(({ jobs }) => jobs.bury(lost, 'late'));
    await unitOfWork.run(({ jobs }) => jobs.release(lost));
    expect(await claim()).toEqual([]);
    await unitOfWork.run(({ jobs }) => jobs.release(held));
    expect(await claim()).toHaveLength(1);
  });

  it('forgets a job that is done', async () => {
    const { unitOfWork, view, claimOne } = await openedWithJobs(0);
    const claimed = await claimOne();
    await unitOfWork.run(({ jobs }) => jobs.complete(claimed));
    expect(await view.jobs.dueIn('local')).toBeUndefined();
  });

  it('makes a job that failed due again after the delay', async () => {
    const { unitOfWork, claim, claimOne } = await openedWithJobs(0);
    const first = await claimOne();
    await unitOfWork.run(({ jobs }) => jobs.retryLater(first, { delayMs: 0, error: 'no luck' }));
    const second = await claimOne();
    expect(second.attempts).toBe(2);
    await unitOfWork.run(({ jobs }) => jobs.retryLater(second, { delayMs: LONG_MS, error: 'no luck' }));
    expect(await claim()).toEqual([]);
  });

  it('takes a job back as if it had not been claimed', async () => {
    const { unitOfWork, claimOne } = await openedWithJobs(0);
    const claimed = await claimOne();
    await unitOfWork.run(({ jobs }) => jobs.release(claimed));
    expect((await claimOne()).attempts).toBe(1);
  });

  it('keeps a job that was given up as a dead letter with its last error, the latest first', async () => {
    const { unitOfWork, view, claim } = await openedWithJobs(0, 0);
    const claims = (await claim()).toSorted((a, b) => a.id - b.id);
    for (const [index, claimed] of claims.entries())
      await unitOfWork.run(({ jobs }) => jobs.bury(claimed, `reason ${index}`));
    expect(await claim()).toEqual([]);
    expect(await view.jobs.dueIn('local')).toBeUndefined();
    expect(await view.jobs.count()).toEqual({ due: 0, dead: 2 });
    const [latest, ...others] = await view.jobs.dead(10);
    expect(latest).toMatchObject({ kind: 'erase_message', attempts: 1, lastError: 'reason 1' });
    expect(JSON.parse(latest?.data ?? '')).toEqual({ chatId: 1, position: expect.any(Number), deletedAt: NOW });
    expect(latest?.diedAt).toBeGreaterThan(NOW);
    expect(others).toHaveLength(1);
    expect(await view.jobs.dead(1)).toEqual([latest]);
  });

  it('retries or drops a dead letter when it is asked to, and no job that is not one', async () => {
    const { unitOfWork, view, claim, claimOne } = await openedWithJobs(0, 0);
    const [dead, held] = await claim();
    if (!dead || !held) throw new Error('Two are due.');
    await unitOfWork.run(({ jobs }) => jobs.bury(dead, 'hopeless'));
    const revive = (id = dead.id) => unitOfWork.run(({ jobs }) => jobs.revive(id));
    const drop = (id = dead.id) => unitOfWork.run(({ jobs }) => jobs.drop(id));
    expect([await revive(held.id), await drop(held.id)]).toEqual([false, false]);
    expect([await revive(), await revive()]).toEqual([true, false]);
    const again = await claimOne();
    expect(again).toMatchObject({ id: dead.id, attempts: 1, job: dead.job });
    await unitOfWork.run(({ jobs }) => jobs.bury(again, 'hopeless'));
    expect([await drop(), await drop()]).toEqual([true, false]);
    expect(await view.jobs.count()).toEqual({ due: 0, dead: 0 });
  });

  it('keeps the lanes apart: each claims and waits for its own jobs only', async () => {
    const { unitOfWork, view } = await openedWithJobs(0);
    const push: Job = {
      kind: 'push_message',
      chatId: chatId(1),
      position: revision(1),
      deviceId: pushDeviceId(1),
    };
    expect([await view.jobs.dueIn('local'), await view.jobs.dueIn('remote')]).toEqual([0, undefined]);
    await unitOfWork.run(({ jobs }) => jobs.add(push, { delayMs: -1_000 }));
    const claimIn = (lane: JobLane) => unitOfWork.run(({ jobs }) => jobs.claim({ lane, limit: 10, ...LEASE }));
    expect(await claimIn('local')).toEqual([expect.objectContaining({ job: anErasure(1) })]);
    expect([(await view.jobs.dueIn('local')) !== 0, await view.jobs.dueIn('remote')]).toEqual([true, 0]);
    expect(await claimIn('remote')).toEqual([expect.objectContaining({ job: push })]);
  });

  it('gives each of many jobs to one of those who claim at the same time', async () => {
    const { claim } = await openedWithJobs(...Array<number>(20).fill(0));
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(3)));
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(20);
    expect(ids).toHaveLength(20);
  });
}
