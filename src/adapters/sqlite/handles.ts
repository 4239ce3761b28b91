import Database from 'better-sqlite3';
import type { StoreView } from '../../application/ports/store.ts';
import { assertNoUnfinishedMove } from '../kysely/move/unfinished.ts';
import { makeStore } from '../kysely/store.ts';
import { openSqlDatabase, WriteCount } from './database.ts';
import { Home } from './file/home.ts';
import { whenUnlocked } from './file/lock.ts';
import type { SqliteJobsClock } from './jobs-clock.ts';
import { growLog, USUAL_LOG_BYTES } from './log/write-ahead-log.ts';
import { migrate } from './migrate.ts';
import { releaseOrphanedJobs } from './orphaned-jobs.ts';

/** SQLite's own wait for a lock blocks the event loop; `whenUnlocked` waits without that. */
const NO_WAIT = 0;

/** Opens the handle that writes, migrates the schema, and settles which installation it is. */
export async function openWriter(path: string, jobsClock: SqliteJobsClock) {
  const writer = new Database(path, { timeout: NO_WAIT });
  try {
    await whenUnlocked(() => writer.pragma('journal_mode = wal'));
    await whenUnlocked(() => growLog(writer));
    prepareHandle(writer);
    const writes = new WriteCount();
    const db = openSqlDatabase(writer, jobsClock, writes);
    await migrate(writer, db);
    jobsClock.continueFrom(writer);
    releaseOrphanedJobs(writer, jobsClock);
    await assertNoUnfinishedMove(db);
    const home = new Home(writer, db);
    return { writer, writes, db, home, installation: await home.settle() };
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** Opens a read-only handle: readers on the writing one would see what is not committed yet. */
export function openReader(path: string, jobsClock: SqliteJobsClock) {
  const reader = new Database(path, { readonly: true, timeout: NO_WAIT });
  prepareHandle(reader);
  const dataVersion = reader.prepare<[], number>('pragma data_version').pluck();
  const view: StoreView = {
    ...makeStore(openSqlDatabase(reader, jobsClock)),
    version: () => dataVersion.get(),
    time: async () => undefined,
  };
  return { reader, view };
}

/** Applies the settings that SQLite does not store in the file, and checks that they took effect. */
function prepareHandle(database: Database.Database): void {
  database.pragma('synchronous = full');
  database.pragma('foreign_keys = on');
  database.pragma('cache_size = -32768');
  database.pragma(`journal_size_limit = ${USUAL_LOG_BYTES}`);
  // The database's own directory may be the only writable one, so SQLite must not need files elsewhere.
  database.pragma('temp_store = memory');
  // Deleted rows are overwritten with zeros.
  database.pragma('secure_delete = on');
  const [mode, synchronous, secureDelete] = ['journal_mode', 'synchronous', 'secure_delete'].map((name) =>
    database.pragma(name, { simple: true }),
  );
  if (mode !== 'wal' || synchronous !== 2) {
    throw new Error(`${database.name} cannot be opened with a write-ahead log that is synced at every commit.`);
  }
  if (secureDelete !== 1) throw new Error(`${database.name} cannot be opened so that deleted rows are overwritten.`);
}
