import type { Database, Statement } from 'better-sqlite3';
import { isFull, isPassing } from '../errors.ts';

/** The log is emptied into the database when it has about as many pages: 4 MB. */
const LOG_PAGES = 1_000;
/** On a disk that has no room for that: once it is full, the log could no longer be emptied into a database that grows. */
const SMALL_LOG_PAGES = 100;
/** What it is cut back to, in bytes, after it had to grow. */
export const USUAL_LOG_BYTES = 16 * 1024 * 1024;

/**
 * Makes the log as large as it will be, once: a commit that writes into a file that is there syncs faster than one that
 * makes it grow. What the log held is brought into the database first, synced; then nothing is changed any more, so that
 * nothing can be lost with the syncs that are left out. On a disk with no room for it the log stays small.
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

/** A write of one page that changes nothing: the file's version number is set to what it is. */
export function prepareTouch(database: Database): Statement {
  const version = database.pragma('user_version', { simple: true });
  return database.prepare(`pragma user_version = ${Number(version)}`);
}

/**
 * Brings what the log holds into the database, and gives its room back to the disk unless somebody is reading it: then it
 * answers false. What cannot be done at the moment is left for the next time.
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
