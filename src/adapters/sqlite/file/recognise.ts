import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isPassing } from '../errors.ts';
import { assertKnownVersion } from './known-version.ts';

/** What a database file holds: nothing yet, a database of this product, or one of the original app. */
export type Contents = 'nothing' | 'ours' | 'original';

/** The tables and columns by which a file of the original app is recognised. It may have others. */
const ORIGINAL_TABLES: Readonly<Record<string, readonly string[]>> = {
  Users: ['userID', 'username', 'password_hash'],
  Sessions: ['sessionID', 'userID', 'session_token', 'expires_at'],
  Chats: ['chatID', 'chat_name'],
  ChatMembers: ['chatID', 'userID'],
  Messages: ['messageID', 'message_text', 'username', 'chatID', 'timestamp'],
  InviteCodes: ['code', 'chatID', 'expires_at'],
};

/**
 * Recognises the content without changing the file, except that SQLite rolls back an interrupted transaction.
 * @throws Error when the database is of a newer version or of another program; SQLite's own error when the file is locked or
 * not a database
 */
export function recognise(path: string): Contents {
  if (!existsSync(path)) return 'nothing';
  rollBackInterrupted(path);
  // A read-only handle would leave behind a log that it creates, and a writing one would empty an existing log.
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
 * Checks a file before anything is created beside it or changed in it. What cannot be told without the lock, or without rolling
 * back an interrupted transaction, is left to `recognise` under the lock.
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

/** After a power loss in a transaction there is a journal. The file cannot be read until a writer rolls it back. */
function rollBackInterrupted(path: string): void {
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
