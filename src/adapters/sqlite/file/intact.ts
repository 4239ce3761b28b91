import Database from 'better-sqlite3';
import { isDamage } from '../errors.ts';

/** Maximum size of a file that is checked whole at the start, in under half a second. Of a larger one only the header is. */
const MAX_CHECKED_BYTES = 32 * 1024 * 1024;

/** The content of the file is not what SQLite wrote. The message is one line. */
export class DamagedDatabase extends Error {
  override readonly name = 'DamagedDatabase';
}

/**
 * Looks for damage through a read-only handle, before anything is written: a start that fails leaves the file as it was.
 * @throws DamagedDatabase
 */
export function assertIntactAtStart(path: string): void {
  const database = new Database(path, { readonly: true, timeout: 0 });
  try {
    const pages = Number(database.pragma('page_count', { simple: true }));
    const bytes = pages * Number(database.pragma('page_size', { simple: true }));
    if (bytes <= MAX_CHECKED_BYTES) assertIntact(database, 'quick_check');
  } catch (error) {
    // Other problems, such as a journal that only a writer can roll back, are left to the writing handle.
    if (isDamage(error) || error instanceof DamagedDatabase) throw error;
  } finally {
    database.close();
  }
}

/** @throws DamagedDatabase */
export function assertIntact(database: Database.Database, check: 'quick_check' | 'integrity_check'): void {
  const [problem] = database.prepare<[], string>(`pragma ${check}(1)`).pluck().all();
  if (problem !== 'ok') throw new DamagedDatabase(`${database.name} is damaged: ${problem?.split('\n').join(' ')}`);
}
