import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { MIGRATIONS } from './migrate.ts';
import { ORIGINAL_TABLES } from './original/tables.ts';

/** What a database file holds: nothing yet, ours, or what the original app left. */
export type Contents = 'nothing' | 'ours' | 'original';

/**
 * Looks without changing a byte, but for what SQLite undoes of a transaction that was interrupted.
 * @throws Error when it is of a newer version or of another program; SQLite's own when it is no database or locked
 */
export function recognise(path: string): Contents {
  undoInterrupted(path);
  const database = new Database(path, { readonly: true, timeout: 0 });
  try {
    const tables = database.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all();
    if (tables.length === 0) return 'nothing';
    if (tables.includes('kysely_migration')) return assertOurs(database);
    if (Object.keys(ORIGINAL_TABLES).every((table) => hasColumns(database, table))) return 'original';
    throw new Error('DATABASE_URL names the database of another program.');
  } finally {
    database.close();
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

function assertOurs(database: Database.Database): 'ours' {
  const done = database.prepare<[], string>('select name from kysely_migration order by name').pluck().all();
  const [first] = Object.keys(MIGRATIONS);
  if (done.length > 0 && done[0] !== first) throw new Error('DATABASE_URL names the database of another program.');
  const unknown = done.find((name) => !(name in MIGRATIONS));
  if (unknown === undefined) return 'ours';
  throw new Error(`DATABASE_URL names a database of a newer version, which has ${unknown}.`);
}

function hasColumns(database: Database.Database, table: string): boolean {
  const columns = database.prepare<[string], string>('select lower(name) from pragma_table_info(?)').pluck().all(table);
  return ORIGINAL_TABLES[table]?.every((column) => columns.includes(column.toLowerCase())) ?? false;
}
