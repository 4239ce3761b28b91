import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MOVED_TABLES } from '../../src/adapters/kysely/move/tables.ts';
import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import { makeMemoryPresence } from '../../src/adapters/memory/presence.ts';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { makeTables } from '../../src/adapters/memory/tables.ts';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { makePasskeyVerifier } from '../../src/adapters/simplewebauthn/passkey-verifier.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { systemTimer } from '../../src/adapters/system/timer.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { WORDS_CHOICES, type WordsChoice } from '../../src/domain/identity/erasure.ts';
import { anActor } from '../builders.ts';
import {
  countingSecrets,
  instantPasswordHasher,
  instantThumbnails,
  recordingLog,
  recordingPushSender,
  stoppedClock,
} from '../fakes.ts';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { wired } from '../use-cases/wired.ts';
import { ENTRIES, INVENTORY, inventoryTable, NOTHING } from './columns.ts';
import { BLOB, canary, type Filled, fill, NAME, PICTURE, ZONE } from './fill.ts';
import { SQL_TABLE_OF } from './memory-tables.ts';

type Row = Readonly<Record<string, unknown>>;

/** A storage in which the test can see everything. */
interface Seen {
  readonly storage: Storage;
  /** The columns of its tables, by table. */
  columns(): Promise<ReadonlyMap<string, readonly string[]>>;
  rows(table: string): Promise<readonly Row[]>;
}

const directory = scratchDirectory('shoal-inventory-');
let server: PostgresServer;
let places = 0;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await server.remove();
});

async function sqlite(): Promise<Seen> {
  const path = join(directory, `${places++}.db`);
  const storage = await openSqliteStorage(path, recordingLog());
  const database = new Database(path, { readonly: true });
  onTestFinished(() => void database.close());
  const columnsOf = (table: string) => database.prepare<[], string>(`select name from pragma_table_info('${table}')`);
  const tables = database.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck();
  return {
    storage,
    columns: async () => new Map(tables.all().map((table) => [table, columnsOf(table).pluck().all()])),
    rows: async (table) => database.prepare<[], Row>(`select * from ${table}`).all(),
  };
}

async function postgres(): Promise<Seen> {
  const name = `inventory_${places++}`;
  const url = await server.schema(name);
  const storage = await openPostgresStorage(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  return {
    storage,
    async columns() {
      const { rows } = await client.query<{ table_name: string; column_name: string }>(
        'select table_name, column_name from information_schema.columns where table_schema = $1',
        [name],
      );
      const tables = Map.groupBy(rows, ({ table_name }) => table_name).entries();
      return new Map([...tables].map(([table, of]) => [table, of.map(({ column_name }) => column_name)]));
    },
    rows: async (table) => (await client.query<Row>(`select * from ${table}`)).rows,
  };
}

/** Its tables have other columns: each row is a text, with its key. */
async function memory(): Promise<Seen> {
  const tables = makeTables();
  const storage = openMemoryStorage({ tables });
  // The person's number is to be like no other.
  await storage.unitOfWork.run(async (store) => {
    for (let n = 0; n < 7_776; n += 1)
      await store.users.add({ username: `n${n}`, key: `n${n}`, passwordHash: 'x', createdAt: 0 } as never);
  });
  return {
    storage,
    columns: async () => new Map(),
    async rows(table) {
      const parts = Object.entries(tables).filter(([name]) => SQL_TABLE_OF[name as keyof typeof tables] === table);
      return parts.flatMap(([, part]) => [...part.entries()].map((entry) => ({ row: JSON.stringify(entry) })));
    },
  };
}

const STORAGES = { memory, sqlite, postgres };

/** Tables that are no data of the installation; and those of the search index, which lose a message when it is erased. */
const OF_THE_DATABASE = /^(search_|kysely_|sqlite_|database_marks$|unfinished_moves$|commit_marks|writers?$|writer_)/;

describe('LV-7: the inventory', () => {
  it('LV-7: has every table that is moved, and no other', () => {
    expect(Object.keys(INVENTORY).toSorted()).toEqual(MOVED_TABLES.map(({ name }) => name).toSorted());
    expect(new Set(Object.values(SQL_TABLE_OF).filter((table) => !(table in INVENTORY)))).toEqual(new Set(['-']));
  });

  it.each(['sqlite', 'postgres'] as const)('LV-7: has every column of %s, and no other', async (name) => {
    const { storage, columns } = await STORAGES[name]();
    onTestFinished(() => storage.close());
    const found = [...(await columns())].filter(([table]) => !OF_THE_DATABASE.test(table));
    const known = Object.entries(INVENTORY).map(([table, of]) => [table, Object.keys(of).toSorted()]);
    expect(found.map(([table, of]) => [table, [...of].toSorted()]).toSorted()).toEqual(known.toSorted());
  });

  it('is the table of docs/leaving.md', () => {
    expect(readFileSync('docs/leaving.md', 'utf8')).toContain(
      `<!-- inventory -->\n${inventoryTable()}\n<!-- /inventory -->`,
    );
  });
});

/** Before a deletion these have nothing of the person. */
const AFTERWARDS = new Set(['resting_names', 'erasures']);

/** Which of the entries have something of the person. */
async function foundIn(seen: Seen, { person }: Filled, isMemory: boolean): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const number = new RegExp(`(?<!\\d)${person.id}(?!\\d)`);
  for (const [table, column, { holds }] of ENTRIES) {
    const rows = await seen.rows(table);
    const values = rows.map((row) => (isMemory ? `${row.row}` : `${row[column] ?? ''}`));
    const isNumber = (value: string) => (/^\d+$/.test(value) ? value === `${person.id}` : number.test(value));
    const has =
      holds === 'id' ? isNumber : (value: string) => dataOf(table, column).some((text) => value.includes(text));
    if (values.some(has)) found.add(`${table}.${column}`);
  }
  return found;
}

const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  'users.username': [NAME],
  'users.username_key': [NAME.toLowerCase()],
  'users.away_until': [`${Date.UTC(2025, 0, 15, 12) + 777_777}`],
  'users.administrator_since': [`${Date.UTC(2025, 0, 15, 12) + 666_666}`],
  'resting_names.username_key': [NAME.toLowerCase()],
  'mentions.name': [NAME],
  'past_facts.name': [NAME],
  'files.blob': [BLOB],
  'pictures.blob_48': [PICTURE[48]],
  'pictures.blob_96': [PICTURE[96]],
  'pictures.blob_256': [PICTURE[256]],
  'messages.files': [canary('files', 'name')],
  'notification_settings.quiet_zone': [ZONE],
};

const dataOf = (table: string, column: string) => SPECIAL[`${table}.${column}`] ?? [canary(table, column)];

async function leave({ storage }: Seen, { person }: Filled, words: WordsChoice): Promise<void> {
  const ports = {
    ...{ storage, broadcast: makeMemoryBroadcast(), presence: makeMemoryPresence(), clock: stoppedClock() },
    ...{ timer: systemTimer, log: recordingLog(), secrets: countingSecrets(), passwordHasher: instantPasswordHasher() },
    passkeyVerifier: makePasskeyVerifier(),
    ...{ pushSender: recordingPushSender(), stopping: new AbortController(), blobs: makeMemoryBlobs() },
    thumbnails: instantThumbnails(),
  };
  const { useCases, jobWorker } = wired(ports, {
    ...{ registration: 'open', rates: undefined, delayCaps: { ofNetwork: 0, inAll: 0 } },
    fileRules: { isOn: true, maxBytes: 1, bytesPerUser: 1 },
  });
  await useCases.deleteAccount(anActor(person), { words, username: NAME });
  jobWorker.start();
  onTestFinished(() => jobWorker.stop());
  const isDone = async () => (await storage.view.erasures.find(person.id))?.isDone;
  await expect.poll(isDone, { timeout: 20_000 }).toBe(true);
  await expect.poll(async () => (await storage.view.jobs.count()).due, { timeout: 20_000 }).toBe(0);
  await jobWorker.stop();
}

const cases = (Object.keys(STORAGES) as (keyof typeof STORAGES)[]).flatMap((name) =>
  WORDS_CHOICES.map((words) => [name, words] as const),
);

describe('LV-7: a deletion', () => {
  it.each(cases)('LV-7: on %s does to each column what the inventory says of “%s”', async (name, words) => {
    const seen = await STORAGES[name]();
    onTestFinished(() => seen.storage.close());
    const filled = await fill(seen.storage);
    const isMemory = name === 'memory';
    const isSeen = ([table]: (typeof ENTRIES)[number]) => !AFTERWARDS.has(table);
    const before = await foundIn(seen, filled, isMemory);
    const all = ENTRIES.filter(isSeen).map(([table, column]) => `${table}.${column}`);
    expect(all.filter((column) => !before.has(column))).toEqual([]);
    await leave(seen, filled, words);
    const after = await foundIn(seen, filled, isMemory);
    // In memory a row is one text, in which numbers cannot be told apart: what stays in one column is found in all of its table.
    const stays = ENTRIES.filter(([table, , entry]) =>
      entry.holds === 'id' && isMemory
        ? ENTRIES.some(([other, , one]) => other === table && one.holds === 'id' && one[words] === 'stays')
        : entry[words] === 'stays',
    );
    expect([...after].toSorted()).toEqual(stays.map(([table, column]) => `${table}.${column}`).toSorted());
    expect(await seen.storage.view.members.find(filled.group.id, filled.person.id)).toBeUndefined();
    // Nor is the name anywhere else, as in what others wrote.
    const rest = Object.keys(INVENTORY).filter((table) => table !== 'resting_names');
    for (const table of rest)
      expect(JSON.stringify(await seen.rows(table)).toLowerCase()).not.toContain(NAME.toLowerCase());
  });

  it('knows a column that holds nothing from one that does', () => {
    expect(INVENTORY.messages?.position).toBe(NOTHING);
  });
});
