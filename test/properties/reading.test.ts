import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { recordingLog } from '../fakes.ts';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { type Act, ReadingTrial } from './reading-trial.ts';

const directory = scratchDirectory('shoal-reading-');
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await PostgresServer.start();
});
afterAll(async () => {
  await postgres.remove();
  rmSync(directory, { recursive: true });
});

type Step =
  | { readonly do: Act; readonly by: number; readonly at: number; readonly isLost: boolean }
  | { readonly do: 'wake' | 'drop'; readonly of: number }
  | { readonly do: 'leave or join'; readonly isLost: boolean };

const device = fc.nat({ max: 3 });
const isLost = fc.constantFrom(false, false, false, true);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constantFrom<Act>(
          'post',
          'post',
          'mention',
          'mention all',
          'edit',
          'react',
          'delete',
          'restore',
          'read',
          'read',
          'unread',
        ),
        by: device,
        at: fc.nat({ max: 40 }),
        isLost,
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('wake' as const, 'wake', 'drop'), of: device }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave or join' as const), isLost }) },
  ),
  { minLength: 10, maxLength: 40 },
);

async function take(trial: ReadingTrial, step: Step): Promise<void> {
  if ('of' in step) return step.do === 'wake' ? trial.wake(step.of) : trial.drop(step.of);
  const work = () => ('by' in step ? trial.act(step.do, step.by, step.at) : trial.leaveOrJoin());
  return step.isLost ? trial.losing(work) : work();
}

let opened = 0;
const homes: readonly (readonly [name: string, runs: number, open: () => Promise<Storage>])[] = [
  ['memory', 40, async () => openMemoryStorage()],
  ['SQLite', 10, async () => openSqliteStorage(join(directory, `${opened++}.db`), recordingLog())],
  ['PostgreSQL', 4, async () => openPostgresStorage(await postgres.emptySchema(`reading_${opened++}`))],
];

describe.each(homes)('unread messages on %s', (_name, runs, open) => {
  it('are on four devices, after every step, what one query over the messages counts, whatever is posted, deleted, read, marked, lost and dropped', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (todo) => {
        const storage = await open();
        const trial = await ReadingTrial.begin(storage);
        for (const step of todo) {
          await take(trial, step);
          await trial.expectBadges();
        }
        for (let device = 0; device < 4; device += 1) trial.drop(device);
        await storage.close();
      }),
      { numRuns: Math.ceil(runs * (Number(process.env.RUNS_TIMES) || 1)) },
    );
  });
});
