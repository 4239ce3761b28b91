import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { SqliteJobsClock } from '../../src/adapters/sqlite/jobs-clock.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { anErasure } from '../contracts/storage/jobs.ts';
import { HOUR, recordingLog } from '../fakes.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-jobs-'));
let path = '';
let files = 0;

beforeEach(() => {
  files += 1;
  path = join(directory, `${files}.db`);
});
afterAll(() => rmSync(directory, { recursive: true }));

const open = () => openSqliteStorage(path, recordingLog());
const claim = (storage: Awaited<ReturnType<typeof open>>) =>
  storage.unitOfWork.run(({ jobs }) => jobs.claim({ lane: 'local', limit: 10, leaseMs: HOUR }));

function edit(sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}

describe('the jobs of a file', () => {
  it('are there after a restart, those that a killed worker held too, seconds later and not when its lease ends', async () => {
    const before = await open();
    await before.unitOfWork.run(({ jobs }) => jobs.add(anErasure(), { delayMs: 0 }));
    expect(await claim(before)).toHaveLength(1);
    await before.close();
    const after = await open();
    expect(await claim(after)).toEqual([]);
    expect(await after.view.jobs.dueIn('local')).toBeLessThanOrEqual(5_000);
    await after.close();
    edit('update jobs set due_at = 0');
    const later = await open();
    expect(await claim(later)).toEqual([expect.objectContaining({ job: anErasure(), attempts: 2 })]);
    await later.close();
  });

  it('of a kind that only a newer release knows are left alone: not claimed, not lost, not dead', async () => {
    await (await open()).close();
    edit(`insert into jobs (kind, data, due_at, written_at, attempts) values ('send_by_pigeon', '{}', 0, 0, 0)`);
    const storage = await open();
    expect([await claim(storage), await storage.view.jobs.dueIn('local')]).toEqual([[], undefined]);
    expect(await storage.view.jobs.count()).toEqual({ due: 1, dead: 0 });
    await storage.close();
  });

  it.each(['', '{', '[]', 'null', '7', '{"chatId":1}', '{"chatId":1,"position":"1","deletedAt":1}'])(
    'whose data is %j are claimed without a job',
    async (data) => {
      await (await open()).close();
      edit(`insert into jobs (kind, data, due_at, written_at, attempts) values ('erase_message', '${data}', 0, 0, 0)`);
      const storage = await open();
      expect(await claim(storage)).toEqual([expect.objectContaining({ job: undefined, attempts: 1 })]);
      await storage.close();
    },
  );
});

describe('the clock of jobs', () => {
  const WALL = Date.UTC(2025, 0, 15);

  /** The clock of a process that starts at `startedAt`, on a file whose last job was written at some time. */
  function started(startedAt: number, lastWritten?: number) {
    const time = { monotonic: 0 };
    const clock = new SqliteJobsClock({ startedAt, monotonic: () => time.monotonic });
    const database = new Database(':memory:');
    database.exec('create table jobs (written_at integer)');
    if (lastWritten !== undefined) database.prepare('insert into jobs values (?)').run(lastWritten);
    time.monotonic = 5_000;
    clock.continueFrom(database);
    return { now: clock.now, advance: (ms: number) => (time.monotonic += ms) };
  }

  it('goes on from the start of the process without another look at the system’s clock', () => {
    const clock = started(WALL, WALL - HOUR);
    expect(clock.now()).toBe(WALL + 5_000);
    clock.advance(60_000);
    expect(clock.now()).toBe(WALL + 65_000);
  });

  it('goes on from where the last process left it when the system’s clock is behind that', () => {
    const clock = started(0, WALL);
    expect(clock.now()).toBe(WALL);
    clock.advance(60_000);
    expect(clock.now()).toBe(WALL + 60_000);
  });
});
