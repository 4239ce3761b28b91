import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Log } from '../../application/ports/log.ts';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { Storage } from '../../application/ports/storage.ts';
import { assertNoUnfinishedMove } from '../kysely/move/unfinished.ts';
import { makeStore } from '../kysely/store.ts';
import { type UpgradeTools, upgradeOriginal } from '../original-app/upgrade.ts';
import { completeRestore, isRestoring } from './backup/restore.ts';
import { openSqlDatabase } from './database.ts';
import { makeAssertWritable } from './file/assert-writable.ts';
import { Home } from './file/home.ts';
import { assertIntactAtStart } from './file/intact.ts';
import { whenUnlocked } from './file/lock.ts';
import { assertOneName, prepareDatabasePlace } from './file/place.ts';
import { makePrivateFile } from './file/private-files.ts';
import { lockForThisProcess, type ProcessLock } from './file/process-lock.ts';
import { assertNotForeign, type Contents, recognise } from './file/recognise.ts';
import { DatabaseWatch } from './file/watch.ts';
import { SqliteJobsClock } from './jobs-clock.ts';
import { Scrubber } from './log/scrubber.ts';
import { growLog, USUAL_LOG_BYTES } from './log/write-ahead-log.ts';
import { migrate } from './migrate.ts';
import { SqliteUnitOfWork } from './unit-of-work.ts';

/** SQLite's own wait for a lock blocks the event loop; who writes waits without that. */
const NO_WAIT = 0;
/** A server that was told to stop, and still answers what it had begun, is waited for. */
const PREDECESSOR_PATIENCE_MS = 5_000;

/**
 * Opens, or makes, the database file and brings its schema up to date. One of the original app is upgraded first, with what
 * that takes.
 * @throws Error when another process has it open, or the file is damaged, cannot be written, is of a newer version or of
 * another program; and the original app's where there is nothing to upgrade it with
 */
export async function openSqliteStorage(
  path: string,
  log: Log,
  { tools, measurements, mustExist }: Opening = {},
): Promise<Storage> {
  if (mustExist && !existsSync(path) && !isRestoring(path))
    throw new Error(`There is no file ${path}, and DATABASE_URL says mode=rw, with which none is made.`);
  const file = prepareDatabasePlace(path);
  assertOneName(file);
  if (!isRestoring(file)) assertNotForeign(file);
  const lock = await lockForThisProcess(file, {
    patience: PREDECESSOR_PATIENCE_MS,
    onWait: () => log.info({ event: 'database_in_use' }, 'another process has the database open, and is waited for'),
  });
  try {
    completeRestore(file);
    const contents = await recogniseLocked(file);
    makePrivateFile(file);
    assertIntactAtStart(file);
    if (contents === 'original') await upgrade(file, log, tools);
    return await openLocked(file, { lock, log, measurements });
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Opening {
  readonly tools?: UpgradeTools;
  readonly measurements?: Measurements | undefined;
  /** Whether it is an error that the file is not there yet. */
  readonly mustExist?: boolean | undefined;
}

interface Surroundings {
  readonly lock: ProcessLock;
  readonly log: Log;
  readonly measurements: Measurements | undefined;
}

/** One handle writes and another reads: on a shared one, readers would be shown what is not committed yet. */
async function openLocked(path: string, { lock, log, measurements }: Surroundings): Promise<Storage> {
  const writer = await openWriter(path);
  const jobsClock = new SqliteJobsClock();
  const writingDb = openSqlDatabase(writer, jobsClock);
  await migrate(writer, writingDb);
  jobsClock.continueFrom(writer);
  await assertNoUnfinishedMove(writingDb);
  const home = new Home(writer, writingDb);
  const installation = await home.settle();

  const reader = new Database(path, { readonly: true, timeout: NO_WAIT });
  prepareHandle(reader);
  const dataVersion = reader.prepare<[], number>('pragma data_version').pluck();
  const view = {
    ...makeStore(openSqlDatabase(reader, jobsClock)),
    version: () => dataVersion.get(),
    time: async () => undefined,
  };

  const watch = new DatabaseWatch({ writer, lock: lock.path, log });
  const unitOfWork = new SqliteUnitOfWork({ database: writer, store: makeStore(writingDb), watch, measurements });

  const scrubber = new Scrubber(writer);

  let closed: Promise<void> | undefined;
  return {
    installation,
    unitOfWork,
    view,
    scrub: () => scrubber.scrub(),
    assertWritable: makeAssertWritable({ database: writer, unitOfWork, watch }),
    close() {
      closed ??= closeAll();
      return closed;
    },
  };

  async function closeAll(): Promise<void> {
    await unitOfWork.close();
    await scrubber.stop();
    await watch.stop();
    await home.renewMark();
    reader.close();
    writer.close();
    // Not earlier: closing a file drops all locks that this process has on it.
    lock.release();
  }
}

async function recogniseLocked(path: string): Promise<Contents> {
  let contents: Contents = 'nothing';
  await whenUnlocked(() => {
    contents = recognise(path);
  });
  return contents;
}

async function upgrade(path: string, log: Log, tools: UpgradeTools | undefined): Promise<void> {
  if (!tools) throw new Error('This database is of the original app: it is upgraded when the server starts on it.');
  await upgradeOriginal(path, log, tools);
}

async function openWriter(path: string): Promise<Database.Database> {
  const writer = new Database(path, { timeout: NO_WAIT });
  try {
    await whenUnlocked(() => writer.pragma('journal_mode = wal'));
    await whenUnlocked(() => growLog(writer));
    prepareHandle(writer);
    return writer;
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** Sets what SQLite does not remember in the file, and makes sure that it took. */
function prepareHandle(database: Database.Database): void {
  database.pragma('synchronous = full');
  database.pragma('foreign_keys = on');
  database.pragma('cache_size = -32768');
  database.pragma(`journal_size_limit = ${USUAL_LOG_BYTES}`);
  // Where only the database's own directory can be written, there is no other place for what SQLite sets aside.
  database.pragma('temp_store = memory');
  // What is removed is overwritten with zeros.
  database.pragma('secure_delete = on');
  const [mode, synchronous, secureDelete] = ['journal_mode', 'synchronous', 'secure_delete'].map((name) =>
    database.pragma(name, { simple: true }),
  );
  if (mode !== 'wal' || synchronous !== 2) {
    throw new Error(`${database.name} cannot be opened with a write-ahead log that is synced at every commit.`);
  }
  if (secureDelete !== 1) throw new Error(`${database.name} cannot be opened so that what is removed is overwritten.`);
}
