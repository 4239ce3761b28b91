import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { MovableDatabase } from '../kysely/move/movable.ts';
import type { Schema } from '../kysely/schema.ts';
import { completeRestore, isRestoring } from './backup/restore.ts';
import { Home } from './file/home.ts';
import { assertOneName, prepareDatabasePlace } from './file/place.ts';
import { makePrivateFile } from './file/private-files.ts';
import { lockForThisProcess } from './file/process-lock.ts';
import { assertNotForeign, recognise } from './file/recognise.ts';
import { migrate } from './migrate.ts';

/**
 * Opens a file for a move, and keeps servers from opening it. A source has to exist.
 * @throws Error when a server has it open, or when it is not a database of this product
 */
export async function openMovableSqlite(path: string, side: 'source' | 'target'): Promise<MovableDatabase> {
  if (side === 'source' && !existsSync(path)) throw new Error(`There is no file ${path}.`);
  const file = prepareDatabasePlace(path);
  assertOneName(file);
  if (!isRestoring(file)) assertNotForeign(file);
  const lock = await lockForThisProcess(file, { patience: 0 });
  try {
    completeRestore(file);
    assertMovable(file, side);
    makePrivateFile(file);
    const { db, home } = await openMigrated(file);
    const close = async () => {
      await db.destroy();
      lock.release();
    };
    // SQLite itself remembers the ids that were inserted with their rows.
    return { db, hold: (row) => row, continueIds: async () => undefined, settle: () => home.renewMark(), close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Call it before the file is changed. */
function assertMovable(file: string, side: 'source' | 'target'): void {
  const contents = recognise(file);
  if (contents === 'original')
    throw new Error(`${file} is of the original app: start a server on it once to upgrade it, then stop the server.`);
  if (contents === 'nothing' && side === 'source') throw new Error(`${file} is empty: there is nothing to move.`);
}

async function openMigrated(file: string): Promise<{ db: Kysely<Schema>; home: Home }> {
  const database = new Database(file);
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
  try {
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = full');
    await migrate(database, db);
    return { db, home: new Home(database, db) };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
