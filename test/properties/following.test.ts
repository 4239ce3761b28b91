import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { type Message, textOf } from '../../src/domain/messages/message.ts';
import { isReply } from '../../src/domain/messages/quotes.ts';
import { recordingLog } from '../fakes.ts';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { pass } from './slow-view.ts';
import { type Change, type Home, type Luck, Trial } from './trial.ts';
import type { Fate } from './unreliable-broadcast.ts';

const directory = scratchDirectory('shoal-following-');
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await PostgresServer.start();
});
afterAll(async () => {
  await postgres.remove();
  rmSync(directory, { recursive: true });
});

let files = 0;
const homes: readonly (readonly [name: string, runs: number, newHome: () => Home])[] = [
  [
    'memory',
    840,
    () => {
      // What is in memory ends with the process: a restart is then one of all that stands on the storage.
      const storage = openMemoryStorage();
      return async () => ({ ...storage, close: async () => undefined });
    },
  ],
  [
    'SQLite',
    120,
    () => {
      files += 1;
      const path = join(directory, `${files}.db`);
      return () => openSqliteStorage(path, recordingLog());
    },
  ],
  [
    'PostgreSQL',
    40,
    () => {
      // Migrating a new schema for each run would take longer than all that is tried in it.
      const url = postgres.emptySchema('following');
      return async () => openPostgresStorage(await url);
    },
  ],
];

type Step =
  | { readonly do: 'post'; readonly sender: number; readonly times: number }
  | { readonly do: 'reply'; readonly sender: number; readonly of: number }
  | { readonly do: Change; readonly by: number; readonly of: number }
  | { readonly do: 'follow' | 'drop' | 'unchoke'; readonly client: number }
  | { readonly do: 'pass time' | 'take turns' | 'restart' };

const client = fc.nat({ max: 3 });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constant('post' as const), sender: client, times: fc.constantFrom(1, 1, 2) }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('reply' as const), sender: client, of: fc.nat({ max: 20 }) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom<Change>('edit', 'edit', 'edit a stale copy', 'delete', 'restore'),
        by: client,
        of: fc.nat({ max: 20 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('follow' as const, 'follow', 'drop', 'unchoke'), client }),
    },
    { weight: 6, arbitrary: fc.constantFrom<Step>({ do: 'pass time' }, { do: 'take turns' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'restart' }) },
  ),
  { minLength: 20, maxLength: 100 },
);

const luck: fc.Arbitrary<Luck> = fc.record({
  fates: fc.array(fc.constantFrom<Fate>('kept', 'lost', 'doubled', 'late'), { minLength: 1, maxLength: 8 }),
  turns: fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 8 }),
  chokes: fc.array(fc.nat({ max: 6 }), { minLength: 4, maxLength: 4 }),
});

async function take(trial: Trial, step: Step): Promise<void> {
  switch (step.do) {
    case 'post':
      return trial.post(step.sender, step.times);
    case 'reply':
      return trial.reply(step.sender, step.of);
    case 'edit':
    case 'edit a stale copy':
    case 'delete':
    case 'restore':
      return trial.change(step.do, step);
    case 'follow':
      return trial.follow(step.client);
    case 'drop':
      return trial.clients[step.client]?.drop();
    case 'unchoke':
      return trial.clients[step.client]?.unchoke();
    case 'pass time':
      return trial.passTime();
    case 'take turns':
      return pass(3);
    case 'restart':
      return trial.restart();
    default:
      return step satisfies never;
  }
}

describe.each(homes)('following on %s', (_name, numRuns, newHome) => {
  it('shows every message and quote as it last changed, in order, and no deleted words, whatever is lost, doubled, late, dropped or restarted', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, luck, async (todo, itsLuck) => {
        const trial = await Trial.begin(newHome(), itsLuck);
        for (const step of todo) await take(trial, step);
        const history = await trial.end();

        expect(history).toHaveLength(trial.sent);
        for (const { broken, messages } of [...trial.clients, trial.late]) {
          expect(broken).toEqual([]);
          expect(new Map(history.map((message) => [message.position, message]))).toEqual(messages);
        }
        const deleted = trial.deletedTexts(history);
        expect(trial.late.told.flatMap(wordsOf).filter((words) => deleted.has(words))).toEqual([]);
      }),
      { numRuns: numRuns * (Number(process.env.RUNS_TIMES) || 1) },
    );
  });
});

const wordsOf = (message: Message): readonly string[] =>
  isReply(message) ? [textOf(message), message.replyTo.snippet] : [textOf(message)];
