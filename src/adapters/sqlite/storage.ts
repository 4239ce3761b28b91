import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Storage } from '../../application/ports/storage.ts';
import { makeStore } from '../kysely/store.ts';
import { openSqlDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { SqliteUnitOfWork } from './unit-of-work.ts';

/** SQLite's own wait blocks the event loop: keep it short, the unit of work waits longer without blocking. */
const BUSY_TIMEOUT_MS = 200;
/** The log is emptied into the database when it has about as many pages: 4 MB. */
const LOG_PAGES = 1_000;

/**
 * Opens, or makes, the database file and brings its schema up to date. One handle writes and another reads: on a shared
 * one, readers would be shown what a unit of work has written and not yet committed.
 */
export async function openSqliteStorage(path: string): Promise<Storage> {
  createPrivately(path);
  const writer = openHandle(path, { readonly: false });
  const writingDb = openSqlDatabase(writer);
  await migrate(writer, writingDb);
  const unitOfWork = new SqliteUnitOfWork({ database: writer, store: makeStore(writingDb) });

  const reader = openHandle(path, { readonly: true });
  const dataVersion = reader.prepare<[], number>('pragma data_version').pluck();
  const view = { ...makeStore(openSqlDatabase(reader)), version: () => dataVersion.get() };

  return {
    unitOfWork,
    view,
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

/**
 * Makes the log as large as it will be, once: a commit that writes into a file that is there syncs faster than one that
 * makes it grow. Nothing is lost with the syncs left out here, for nothing is changed; the checkpoint empties the log.
 */
function growLog(database: Database.Database): void {
  database.pragma('synchronous = off');
  const version = database.pragma('user_version', { simple: true });
  const touch = database.prepare(`pragma user_version = ${Number(version)}`);
  for (let page = 0; page < LOG_PAGES; page += 1) touch.run();
  database.pragma('synchronous = full');
  database.pragma('wal_checkpoint(restart)');
}

/** Sets what SQLite does not remember in the file, and makes sure that it took. */
function openHandle(path: string, { readonly }: { readonly: boolean }): Database.Database {
  const database = new Database(path, { readonly, timeout: BUSY_TIMEOUT_MS });
  if (!readonly) {
    database.pragma('journal_mode = wal');
    growLog(database);
  }
  database.pragma('synchronous = full');
  database.pragma('foreign_keys = on');
  database.pragma('cache_size = -32768');
  database.pragma('journal_size_limit = 16777216');
  const [mode, synchronous] = ['journal_mode', 'synchronous'].map((name) => database.pragma(name, { simple: true }));
  if (mode !== 'wal' || synchronous !== 2) {
    database.close();
    throw new Error(`${path} cannot be opened with a write-ahead log that is synced at every commit.`);
  }
  return database;
}
