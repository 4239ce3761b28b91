import type { Database, Statement } from 'better-sqlite3';
import { isFull, isPassing } from '../errors.ts';

/** SQLite checkpoints the log when it has about this many pages: 4 MB. */
const LOG_PAGES = 1_000;
/** The same on a disk without room for that: once the disk is full, a long log could not be checkpointed into a database that grows. */
const SMALL_LOG_PAGES = 100;
/** The size in bytes to which the log is truncated after it had to grow. */
export const USUAL_LOG_BYTES = 16 * 1024 * 1024;

/**
 * Grows the log to its usual size once, because syncing a file that does not grow is faster. The log is checkpointed and synced
 * first; what is written afterwards changes nothing, so the omitted syncs cannot lose anything. On a disk without room the log
 * stays small.
 */
export function growLog(database: Database): void {
  database.pragma('synchronous = full');
  database.pragma('wal_checkpoint(truncate)');
  const touch = prepareTouch(database);
  database.pragma('wal_autocheckpoint = 0');
  database.pragma('synchronous = off');
  let pages = LOG_PAGES;
  try {
    for (let page = 0; page < LOG_PAGES; page += 1) touch.run();
  } catch (error) {
    if (!isFull(error)) throw error;
    pages = SMALL_LOG_PAGES;
    emptyLog(database);
  } finally {
    database.pragma('synchronous = full');
    database.pragma(`wal_autocheckpoint = ${pages}`);
  }
  database.pragma('wal_checkpoint(restart)');
}

/** A write of one page that changes nothing: it sets the user version of the file to its present value. */
export function prepareTouch(database: Database): Statement {
  const version = database.pragma('user_version', { simple: true });
  return database.prepare(`pragma user_version = ${Number(version)}`);
}

/**
 * Checkpoints the log into the database and truncates it. Returns false when a reader prevents that, or when the condition of
 * the disk does: then it is left for the next time.
 */
export function emptyLog(database: Database): boolean {
  if (database.inTransaction) return false;
  try {
    return database.pragma('wal_checkpoint(truncate)', { simple: true }) === 0;
  } catch (error) {
    if (!isPassing(error)) throw error;
    return false;
  }
}
