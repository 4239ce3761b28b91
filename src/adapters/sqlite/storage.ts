import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Storage } from '../../application/ports/storage.ts';
import { makeStore } from '../kysely/store.ts';
import { makeAssertWritable } from './assert-writable.ts';
import { openSqlDatabase } from './database.ts';
import { whenUnlocked } from './lock.ts';
import { migrate } from './migrate.ts';
import { prepareTouch } from './touch.ts';
import { SqliteUnitOfWork } from './unit-of-work.ts';

/** SQLite's own wait for a lock blocks the event loop; who writes waits without that. */
const NO_WAIT = 0;
/** The log is emptied into the database when it has about as many pages: 4 MB. */
const LOG_PAGES = 1_000;

/**
 * Opens, or makes, the database file and brings its schema up to date. One handle writes and another reads: on a shared
 * one, readers would be shown what a unit of work has written and not yet committed.
 */
export async function openSqliteStorage(path: string): Promise<Storage> {
  createPrivately(path);
  const writer = await openWriter(path);
  const writingDb = openSqlDatabase(writer);
  await migrate(writer, writingDb);
  const unitOfWork = new SqliteUnitOfWork({ database: writer, store: makeStore(writingDb) });

  const reader = new Database(path, { readonly: true, timeout: NO_WAIT });
  prepareHandle(reader);
  const dataVersion = reader.prepare<[], number>('pragma data_version').pluck();
  const view = { ...makeStore(openSqlDatabase(reader)), version: () => dataVersion.get() };

  return {
    unitOfWork,
    view,
    assertWritable: makeAssertWritable({ database: writer, unitOfWork }),
    async close() {
      await unitOfWork.close();
      reader.close();
      writer.close();
    },
  };
}

/** SQLite creates files that anybody on the machine may read; the log beside it gets the mode of the file. */
function createPrivately(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}

async function openWriter(path: string): Promise<Database.Database> {
  const writer = new Database(path, { timeout: NO_WAIT });
  await whenUnlocked(() => writer.pragma('journal_mode = wal'));
  await whenUnlocked(() => growLog(writer));
  prepareHandle(writer);
  return writer;
}

/**
 * Makes the log as large as it will be, once: a commit that writes into a file that is there syncs faster than one that
 * makes it grow. What the log held is brought into the database first, synced; then nothing is changed any more, so that
 * nothing can be lost with the syncs that are left out.
 */
function growLog(database: Database.Database): void {
  database.pragma('synchronous = full');
  database.pragma('wal_checkpoint(truncate)');
  const touch = prepareTouch(database);
  database.pragma('wal_autocheckpoint = 0');
  database.pragma('synchronous = off');
  try {
    for (let page = 0; page < LOG_PAGES; page += 1) touch.run();
  } finally {
    database.pragma('synchronous = full');
    database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  }
  database.pragma('wal_checkpoint(restart)');
}

/** Sets what SQLite does not remember in the file, and makes sure that it took. */
function prepareHandle(database: Database.Database): void {
  database.pragma('synchronous = full');
  database.pragma('foreign_keys = on');
  database.pragma('cache_size = -32768');
  database.pragma('journal_size_limit = 16777216');
  const [mode, synchronous] = ['journal_mode', 'synchronous'].map((name) => database.pragma(name, { simple: true }));
  if (mode !== 'wal' || synchronous !== 2) {
    throw new Error(`${database.name} cannot be opened with a write-ahead log that is synced at every commit.`);
  }
}
