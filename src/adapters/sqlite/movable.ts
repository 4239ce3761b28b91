import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { MovableDatabase } from '../kysely/move/movable.ts';
import type { Schema } from '../kysely/schema.ts';
import { migrate } from './migrate.ts';
import { makePrivateFile, preparePlace } from './private-files.ts';
import { lockForThisProcess } from './process-lock.ts';
import { completeRestore } from './restore.ts';

/**
 * Opens a file for a move, which keeps servers from it. A source has to be there, as a server has left it.
 * @throws Error when a server has it open, or it is no database of this product
 */
export async function openMovableSqlite(path: string, side: 'source' | 'target'): Promise<MovableDatabase> {
  if (side === 'source' && !existsSync(path)) throw new Error(`There is no file ${path}.`);
  const file = preparePlace(path);
  const lock = await lockForThisProcess(file, { patience: 0 });
  completeRestore(file);
  makePrivateFile(file);
  const database = new Database(file);
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
  const close = async () => {
    await db.destroy();
    lock.release();
  };
  try {
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = full');
    if (side === 'source') await assertOurs(db, path);
    await migrate(database, db);
  } catch (error) {
    await close();
    throw error;
  }
  // Ids that come with their rows are remembered as given by SQLite itself.
  return { db, continueIds: async () => undefined, close };
}

async function assertOurs(db: Kysely<Schema>, path: string): Promise<void> {
  const { rows } = await sql`select 1 from sqlite_schema where name = 'kysely_migration'`.execute(db);
  if (rows.length === 0)
    throw new Error(`${path} holds no installation; start a server on it once if it is an older one.`);
}
