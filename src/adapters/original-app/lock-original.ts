import Database from 'better-sqlite3';
import { whenUnlocked } from '../sqlite/file/lock.ts';
import { recognise } from '../sqlite/file/recognise.ts';

/**
 * The original database at rest in one file, with nobody writing to it; or undefined when it has been upgraded meanwhile. A
 * log left beside the new file would be taken for the new file's own.
 */
export async function lockOriginal(path: string): Promise<Database.Database | undefined> {
  let locked: Database.Database | undefined;
  await whenUnlocked(() => {
    if (recognise(path) !== 'original') return;
    // Opened anew at each try: two that wait with the file open would keep each other from having it alone.
    const database = new Database(path, { timeout: 0, fileMustExist: true });
    try {
      database.pragma('journal_mode = delete');
      database.exec('begin immediate');
      // Only now is it sure that nobody has put another file in its place.
      if (recognise(path) === 'original') locked = database;
    } finally {
      if (!locked) database.close();
    }
  });
  return locked;
}
