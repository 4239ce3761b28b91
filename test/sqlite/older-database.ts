import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { MIGRATIONS } from '../../src/adapters/sqlite/migrate.ts';

/** Creates a database file of the version whose last migration was this one, and fills it. */
export async function makeOlderDatabase(
  path: string,
  last: keyof typeof MIGRATIONS,
  fill: (database: Database.Database) => void = () => undefined,
): Promise<void> {
  const database = new Database(path);
  database.unsafeMode(true);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateTo(last);
  if (error) throw error;
  fill(database);
  await db.destroy();
}
