import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** Files in test/browser whose subject is a module of the client: no browser runs. */
const CLIENT_MODULES = [
  ...['backoff', 'chat-words', 'client-id', 'close-codes', 'connection'],
  ...['enter-key', 'event-reader', 'http-channel', 'message-partial', 'outbox', 'pending', 'renew-hourly'],
  ...[
    'seen-revision',
    'typed-word',
    'text-direction',
    'wire-decoding',
    'completion/emoji',
    'completion/people',
    'completion/trigger',
  ],
].map((name) => `test/browser/${name}.test.ts`);

/** Also what `npm run test:quick` runs. */
const QUICK = [
  ...['domain', 'use-cases', 'wire', 'http'].map((folder) => `test/${folder}/**/*.test.ts`),
  'test/contracts/{memory*,sqlite}.test.ts',
];

/** Files whose time is spent waiting: for processes that start and stop, for databases that are away, for time to pass. */
const WAITING = ['system', 'postgres', 'redis', 'fuzz', 'event-stream'].map((folder) => `test/${folder}/**/*.test.ts`);
const WAITING_CONTRACTS = 'test/contracts/{postgres,redis}.test.ts';

export default defineConfig({
  test: {
    // Groups run one after the other, and the projects of a group in this order, which ends with the shortest files. A worker
    // without isolation imports the application once for all its files, and keeps one browser.
    projects: [
      project('browser', {
        groupOrder: 1,
        include: ['test/browser/**/*.test.ts'],
        exclude: CLIENT_MODULES,
        isolate: false,
        maxWorkers: 2,
        startsPrograms: true,
      }),
      project('modules', {
        groupOrder: 1,
        include: ['test/**/*.test.ts'],
        exclude: [...QUICK, ...WAITING, WAITING_CONTRACTS, 'test/browser/**'],
        maxWorkers: 2,
      }),
      project('client', { groupOrder: 1, include: CLIENT_MODULES, maxWorkers: 2 }),
      project('quick', { groupOrder: 1, include: QUICK, isolate: false, maxWorkers: 2 }),
      project('waiting', {
        groupOrder: 2,
        include: [...WAITING, WAITING_CONTRACTS],
        maxWorkers: 4,
        startsPrograms: true,
      }),
    ],
    reporters: ['default', './test/summary-reporter.ts'],
    sequence: { sequencer: LongestFirst },
    // Password hashing, databases and browsers share the cores with everything else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});

interface Files {
  readonly groupOrder: number;
  readonly include: string[];
  readonly exclude?: string[];
  readonly isolate?: boolean;
  readonly maxWorkers: number;
  /** Some start the server, or a command, as a process. */
  readonly startsPrograms?: boolean;
}

function project(
  name: string,
  { groupOrder, startsPrograms = false, ...files }: Files,
): TestProjectInlineConfiguration {
  const globalSetup = startsPrograms ? ['test/system/bundle-programs.ts'] : [];
  return { extends: true, test: { name, sequence: { groupOrder }, globalSetup, ...files } };
}
