import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { ORIGINAL_TABLES } from '../../original-app/tables.ts';
import { isPassing } from '../errors.ts';
import { assertKnownVersion } from './known-version.ts';

/** What a database file holds: nothing yet, ours, or what the original app left. */
export type Contents = 'nothing' | 'ours' | 'original';

/**
 * Looks without changing a byte, but for what SQLite undoes of a transaction that was interrupted.
 * @throws Error when it is of a newer version or of another program; SQLite's own when it is no database or locked
 */
export function recognise(path: string): Contents {
  if (!existsSync(path)) return 'nothing';
  undoInterrupted(path);
  // A handle that cannot write would leave the log behind that it makes, and one that can write would empty a log that is there.
  const database = new Database(path, { readonly: existsSync(`${path}-wal`), timeout: 0, fileMustExist: true });
  try {
    database.pragma('query_only = on');
    const tables = database.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all();
    if (tables.length === 0) return 'nothing';
    const isOriginal = Object.keys(ORIGINAL_TABLES).every((table) => hasColumns(database, table));
    if (isOriginal && !tables.includes('kysely_migration')) return 'original';
    assertKnownVersion(database, 'What DATABASE_URL names');
    return 'ours';
  } finally {
    database.close();
  }
}

/**
 * Looks at a file before anything is made beside it or changed of it. What cannot be told without its lock, or without undoing
 * what was interrupted, is left for `recognise` under the lock.
 * @throws Error as `recognise`
 */
export function assertNotForeign(path: string): void {
  if (existsSync(`${path}-journal`)) return;
  try {
    recognise(path);
  } catch (error) {
    if (!isPassing(error)) throw error;
  }
}

/** Whoever was writing when the power went left a journal that only a writer can undo, and nobody can read before that. */
function undoInterrupted(path: string): void {
  if (!existsSync(`${path}-journal`)) return;
  const database = new Database(path, { timeout: 0, fileMustExist: true });
  try {
    database.pragma('schema_version');
  } finally {
    database.close();
  }
}

function hasColumns(database: Database.Database, table: string): boolean {
  const isTable = database.prepare("select 1 from sqlite_schema where type = 'table' and lower(name) = lower(?)");
  if (!isTable.get(table)) return false;
  const columns = database
    .prepare<[string], string>('select lower(name) from pragma_table_xinfo(?)')
    .pluck()
    .all(table);
  return ORIGINAL_TABLES[table]?.every((column) => columns.includes(column.toLowerCase())) ?? false;
}
