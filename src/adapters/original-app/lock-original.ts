import Database from 'better-sqlite3';
import { whenUnlocked } from '../sqlite/file/lock.ts';
import { recognise } from '../sqlite/file/recognise.ts';

/**
 * Locks the original database and brings it into one file, without a log: SQLite would apply a log to the new file in its place.
 * Returns undefined when another process has upgraded it meanwhile.
 */
export async function lockOriginal(path: string): Promise<Database.Database | undefined> {
  let locked: Database.Database | undefined;
  await whenUnlocked(() => {
    if (recognise(path) !== 'original') return;
    // Opened again for each attempt: two processes that wait with the file open would block each other.
    const database = new Database(path, { timeout: 0, fileMustExist: true });
    try {
      database.pragma('journal_mode = delete');
      database.exec('begin immediate');
      // Checked again under the lock: another process may have replaced the file.
      if (recognise(path) === 'original') locked = database;
    } finally {
      if (!locked) database.close();
    }
  });
  return locked;
}
