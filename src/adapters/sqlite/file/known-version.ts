import type { Database } from 'better-sqlite3';
import { MIGRATIONS } from '../migrate.ts';

/**
 * @param named the name of the database in the message
 * @throws Error when the database is of another program, or of a newer version of this one
 */
export function assertKnownVersion(database: Database, named: string): void {
  const done = migrationsOf(database);
  const [first = ''] = Object.keys(MIGRATIONS);
  if (!done.includes(first)) throw new Error(`${named} is the database of another program.`);
  const unknown = done.find((name) => !(name in MIGRATIONS));
  if (unknown !== undefined) throw new Error(`${named} is a database of a newer version, which has ${unknown}.`);
}

function migrationsOf(database: Database): readonly string[] {
  const tables = database.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all();
  if (!tables.includes('kysely_migration')) return [];
  return database.prepare<[], string>('select name from kysely_migration order by name').pluck().all();
}
