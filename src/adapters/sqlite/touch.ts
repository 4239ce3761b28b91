import type { Database, Statement } from 'better-sqlite3';

/** A write of one page that changes nothing: the file's version number is set to what it is. */
export function prepareTouch(database: Database): Statement {
  const version = database.pragma('user_version', { simple: true });
  return database.prepare(`pragma user_version = ${Number(version)}`);
}
