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
 * Opens a file for a move, which keeps servers from it. A source has to be there, as a server has left it.
 * @throws Error when a server has it open, or it is no database of this product
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
    // Ids that come with their rows are remembered as given by SQLite itself.
    return { db, hold: (row) => row, continueIds: async () => undefined, settle: () => home.renewMark(), close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Before a byte of it is changed. */
function assertMovable(file: string, side: 'source' | 'target'): void {
  const contents = recognise(file);
  if (contents === 'original')
    throw new Error(`${file} is of the original app: start a server on it once, which upgrades it, and stop it again.`);
  if (contents === 'nothing' && side === 'source') throw new Error(`${file} holds no installation.`);
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
