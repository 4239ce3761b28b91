import { existsSync, realpathSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Log } from '../../application/ports/log.ts';
import type { UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { makeStore } from '../kysely/store.ts';
import { openSqlDatabase } from './database.ts';
import { isBusy, translateSqliteError } from './errors.ts';
import { whenUnlocked } from './file/lock.ts';
import { lockForThisProcess } from './file/process-lock.ts';
import { MIGRATIONS } from './migrate.ts';
import { openSqliteStorage } from './storage.ts';

/** What a command can do with a database, whether a server has it open or not. */
interface Administered {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  close(): Promise<void>;
}

/**
 * Opens a database file for a command. Without a server it is opened as a server would; beside one, without the process lock.
 * @throws Error when there is no file, or when the server on it is of another release
 */
export async function openAdministeredSqlite(path: string): Promise<Administered> {
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  const file = realpathSync(path);
  return (await isServed(file)) ? openBesideServer(file) : openSqliteStorage(file, SILENT, { mustExist: true });
}

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function isServed(file: string): Promise<boolean> {
  try {
    (await lockForThisProcess(file, { patience: 0 })).release();
    return false;
  } catch (error) {
    if (error instanceof Error && (isBusy(error) || error.message.startsWith('Another process'))) return true;
    throw error;
  }
}

/**
 * The server sees what is committed here at its next read, and runs jobs that are added here. Ids of chats and positions of messages are
 * the server's: no command writes either.
 */
function openBesideServer(file: string): Administered {
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('synchronous = full');
    database.pragma('foreign_keys = on');
    database.pragma('secure_delete = on');
    assertSameRelease(database);
  } catch (error) {
    database.close();
    throw error;
  }
  // The server keeps the clock of jobs. A job that was due at its beginning is due by that clock, too.
  const store = makeStore(openSqlDatabase(database, { now: () => 0 }));
  return {
    unitOfWork: { run: (work) => runAlone(database, () => work(store)) },
    close: async () => void database.close(),
  };
}

function assertSameRelease(database: Database.Database): void {
  const names = database.prepare<[], string>('select name from kysely_migration order by name').pluck().all();
  if (names.join() === Object.keys(MIGRATIONS).toSorted().join()) return;
  throw new Error('The server that runs on this database is of another release: use the command of that release.');
}

async function runAlone<T>(database: Database.Database, work: () => Promise<T>): Promise<T> {
  try {
    await whenUnlocked(() => database.exec('begin immediate'));
    const result = await work();
    database.exec('commit');
    return result;
  } catch (error) {
    throw translateSqliteError(error);
  } finally {
    if (database.inTransaction) database.exec('rollback');
  }
}
