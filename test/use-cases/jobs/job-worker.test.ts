import { expect, it } from 'vitest';
import { openMemoryStorage } from '../../../src/adapters/memory/storage.ts';
import { noMeasurements } from '../../../src/adapters/system/no-measurements.ts';
import type { JobHandlers } from '../../../src/application/jobs/job-handlers.ts';
import { JobWorker } from '../../../src/application/jobs/job-worker.ts';
import { noticeJobs } from '../../../src/application/jobs/notice-jobs.ts';
import type { ClaimedJob } from '../../../src/application/ports/jobs.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import { chatId } from '../../../src/domain/ids.ts';
import type { Job } from '../../../src/domain/jobs/job.ts';
import { MAX_ATTEMPTS } from '../../../src/domain/jobs/retry.ts';
import { pushDeviceId } from '../../../src/domain/push/device.ts';
import { anErasure } from '../../contracts/storage/jobs.ts';
import { breakable, HOUR, manualTimer, recordingLog, settled } from '../../fakes.ts';

type Handler = JobHandlers['erase_message'];
type PushHandler = JobHandlers['push_message'];

const unused = () => Promise.reject(new Error('No test has such a job.'));
const unusedHandlers = {
  announce_message: unused,
  withdraw_message: unused,
  end_sessions: unused,
  make_card: unused,
  make_thumbnail: unused,
  apply_retention: unused,
  forget_person: unused,
};

const aPush = (position: number): Job => ({
  kind: 'push_message',
  chatId: chatId(1),
  position: revision(position),
  deviceId: pushDeviceId(1),
});

/** A storage and any number of workers on it, which share one timer. */
function aWorkplace() {
  const timer = manualTimer();
  const storage = breakable(openMemoryStorage({ elapsed: timer.elapsed }));
  const log = recordingLog();
  const ended: string[] = [];
  const workers: JobWorker[] = [];
  const start = (handler: Handler, claimedBy = storage.unitOfWork, pushHandler: PushHandler = unused) => {
    const measurements = {
      ...noMeasurements,
      endedJob: (kind: string, outcome: string) => ended.push(`${kind} ${outcome}`),
    };
    const own = { erase_message: handler, push_message: pushHandler, scrub: () => storage.scrub() };
    const handlers = { ...unusedHandlers, ...own };
    const worker = new JobWorker({
      ...storage,
      unitOfWork: claimedBy,
      timer,
      log,
      measurements,
      random: () => 0.5,
      handlers,
    });
    workers.push(worker);
    worker.start();
    return worker;
  };
  const wakeAll = () => {
    for (const worker of workers) worker.wake();
  };
  const unitOfWork = noticeJobs(storage.unitOfWork, wakeAll);
  const add = (delayMs = 0, position = 1) => unitOfWork.run(({ jobs }) => jobs.add(anErasure(position), { delayMs }));
  const pass = async (ms = 0) => {
    timer.advance(ms);
    await settled();
    timer.advance(0);
    await settled();
  };
  const events = () => log.entries.map(({ details }) => details.event);
  const addPush = (position: number) => unitOfWork.run(({ jobs }) => jobs.add(aPush(position), { delayMs: 0 }));
  return { storage, timer, ended, start, add, addPush, pass, events };
}

const recording = () => {
  const positions: number[] = [];
  const handler: Handler = async ({ position }) => {
    positions.push(position);
  };
  return { positions, handler };
};

it('runs a job once, as soon as the unit that added it is committed, and forgets it', async () => {
  const { storage, start, add, pass, ended } = aWorkplace();
  const { positions, handler } = recording();
  start(handler);
  await pass();
  await add();
  await pass();
  expect(positions).toEqual([1]);
  expect(ended).toEqual(['erase_message done']);
  await pass(HOUR);
  expect(positions).toEqual([1]);
  expect(await storage.view.jobs.dueIn('local')).toBeUndefined();
});

it('runs a job when its time has come and not before', async () => {
  const { start, add, pass } = aWorkplace();
  const { positions, handler } = recording();
  start(handler);
  await add(60_000);
  for (let second = 0; second < 59; second += 1) await pass(1_000);
  expect(positions).toEqual([]);
  await pass(1_000);
  expect(positions).toEqual([1]);
});

it('looks by itself for jobs that others added', async () => {
  const { storage, start, pass } = aWorkplace();
  const { positions, handler } = recording();
  start(handler);
  await pass();
  await storage.unitOfWork.run(({ jobs }) => jobs.add(anErasure(), { delayMs: 0 }));
  await pass(5_000);
  expect(positions).toEqual([1]);
});

it('tries a job whose handler throws again, with longer and longer waits, and finally keeps it as a dead letter', async () => {
  const { storage, timer, start, add, pass, ended, events } = aWorkplace();
  const tries: number[] = [];
  start(async () => {
    tries.push(timer.elapsed());
    throw new Error(`could not, said "secret"`);
  });
  await add();
  for (let look = 0; look < 4_000 && ended.at(-1) !== 'erase_message dead'; look += 1) await pass(5_000);
  const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
  // Half of each bound, since the random number is a half, and up to the next look.
  const bounds = [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600].map((seconds) => seconds * 500);
  expect(waits.map((wait, index) => Math.floor(wait / (bounds[index] ?? 1)))).toEqual(bounds.map(() => 1));
  expect(tries).toHaveLength(MAX_ATTEMPTS);
  expect(await storage.view.jobs.dead(10)).toEqual([
    expect.objectContaining({ attempts: MAX_ATTEMPTS, lastError: 'Error: could not, said ' }),
  ]);
  expect(events()).toEqual([...bounds.map(() => 'job_failed'), 'job_dead']);
  await pass(HOUR);
  expect(tries).toHaveLength(MAX_ATTEMPTS);
});

it('runs a dead letter again when somebody retries it', async () => {
  const { storage, start, add, pass, ended } = aWorkplace();
  let isBroken = true;
  start(async () => {
    if (isBroken) throw new DomainError('unavailable', 'Not now.');
  });
  await add();
  for (let look = 0; look < 4_000 && ended.at(-1) !== 'erase_message dead'; look += 1) await pass(5_000);
  const [dead] = await storage.view.jobs.dead(1);
  expect(dead?.lastError).toBe('unavailable: Not now.');
  isBroken = false;
  if (dead) await storage.unitOfWork.run(({ jobs }) => jobs.revive(dead.id));
  await pass(5_000);
  expect(ended.at(-1)).toBe('erase_message done');
  expect(await storage.view.jobs.count()).toEqual({ due: 0, dead: 0 });
});

it('gives up a job whose data cannot be read without calling a handler', async () => {
  const { storage, start, add, pass, ended } = aWorkplace();
  const { positions, handler } = recording();
  // As a storage answers whose row does not hold a job.
  const poisoned = (claims: readonly ClaimedJob[]) => claims.map((claimed) => ({ ...claimed, job: undefined }));
  start(handler, {
    ...storage.unitOfWork,
    run: (work) =>
      storage.unitOfWork.run((store) =>
        work({ ...store, jobs: { ...store.jobs, claim: async (asked) => poisoned(await store.jobs.claim(asked)) } }),
      ),
  });
  await add();
  await pass(5_000);
  expect([positions, ended]).toEqual([[], ['erase_message dead']]);
  expect(await storage.view.jobs.dead(1)).toEqual([expect.objectContaining({ attempts: 1 })]);
});

it('runs a job again that a killed worker had claimed, when the lease has ended: never lost', async () => {
  const { start, storage, pass, add, ended } = aWorkplace();
  await add();
  const [held] = await storage.unitOfWork.run(({ jobs }) => jobs.claim({ lane: 'local', limit: 1, leaseMs: 90_000 }));
  expect(held?.attempts).toBe(1);
  const { positions, handler } = recording();
  start(handler);
  await pass(85_000);
  expect(positions).toEqual([]);
  await pass(5_000);
  expect([positions, ended]).toEqual([[1], ['erase_message done']]);
});

it('runs a job again whose completion could not be stored', async () => {
  const { storage, start, add, pass, ended, events } = aWorkplace();
  const tries: number[] = [];
  start(async () => {
    tries.push(1);
    storage.failCommits = tries.length === 1;
  });
  await add();
  await pass();
  expect(events()).toContain('job_not_recorded');
  storage.failCommits = false;
  for (let look = 0; look < 20; look += 1) await pass(5_000);
  expect([tries.length, ended]).toEqual([2, ['erase_message done']]);
});

it('counts an attempt that takes too long as failed, and what it does later changes nothing', async () => {
  const { start, add, pass, ended } = aWorkplace();
  let finish = () => {};
  const calls: number[] = [];
  start(() => {
    calls.push(1);
    return calls.length > 1 ? Promise.resolve() : new Promise((resolve) => (finish = resolve));
  });
  await add();
  await pass();
  await pass(60_000);
  finish();
  await pass(5_000);
  expect([calls.length, ended]).toEqual([2, ['erase_message failed', 'erase_message done']]);
});

it('runs a bounded number of jobs at the same time, and all of them in the end', async () => {
  const { start, add, pass, ended } = aWorkplace();
  const waiting: (() => void)[] = [];
  const worker = start(() => new Promise((resolve) => waiting.push(resolve)));
  for (let job = 0; job < 40; job += 1) await add(0, job + 1);
  await pass(5_000);
  expect([waiting.length, worker.running]).toEqual([32, 32]);
  for (const finish of waiting.splice(0)) finish();
  await pass();
  expect(waiting).toHaveLength(8);
  for (const finish of waiting.splice(0)) finish();
  await pass();
  expect([ended.length, worker.running]).toEqual([40, 0]);
});

it('runs other jobs at once while as many pushes as there may be wait for a service that does not answer', async () => {
  const { start, storage, add, addPush, pass, ended } = aWorkplace();
  const waiting: (() => void)[] = [];
  const { positions, handler } = recording();
  const worker = start(handler, storage.unitOfWork, () => new Promise((resolve) => waiting.push(resolve)));
  for (let job = 0; job < 70; job += 1) await addPush(job + 1);
  await pass(5_000);
  expect([waiting.length, worker.running]).toEqual([64, 64]);
  await add(0, 7);
  await pass();
  expect([positions, ended]).toEqual([[7], ['erase_message done']]);
  for (const finish of waiting.splice(0)) finish();
  await pass();
  expect(waiting).toHaveLength(6);
});

it('tells the handler which attempt is the last', async () => {
  const { start, add, pass, ended } = aWorkplace();
  const lasts: boolean[] = [];
  start(async (_job, { isLast }) => {
    lasts.push(isLast);
    throw new Error('could not');
  });
  await add();
  for (let look = 0; look < 4_000 && ended.at(-1) !== 'erase_message dead'; look += 1) await pass(5_000);
  expect(lasts).toEqual([...Array<boolean>(MAX_ATTEMPTS - 1).fill(false), true]);
});

it('goes on when the storage could not be asked for a while', async () => {
  const { storage, start, add, pass, events } = aWorkplace();
  const { positions, handler } = recording();
  storage.failReads = true;
  start(handler);
  await add();
  await pass(5_000);
  expect(events()).toContain('jobs_unavailable');
  storage.failReads = false;
  await pass(5_000);
  expect(positions).toEqual([1]);
});

it('finishes at a stop what it runs, and claims no more', async () => {
  const { storage, start, add, pass, ended } = aWorkplace();
  let finish = () => {};
  const worker = start(() => new Promise((resolve) => (finish = resolve)));
  await add();
  await pass();
  const stopped = worker.stop();
  await add(0, 2);
  await settled();
  finish();
  await stopped;
  await pass(HOUR);
  expect(ended).toEqual(['erase_message done']);
  expect(await storage.view.jobs.count()).toEqual({ due: 1, dead: 0 });
});

it('gives back at a stop what does not come to an end, so that another instance has it at once', async () => {
  const { start, add, pass, timer } = aWorkplace();
  const worker = start(() => new Promise(() => {}));
  await add();
  await pass();
  const stopped = worker.stop();
  await settled();
  timer.advance(3_000);
  await stopped;
  const { positions, handler } = recording();
  start(handler);
  await pass();
  expect(positions).toEqual([1]);
});
