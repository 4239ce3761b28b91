import Database from 'better-sqlite3';
import { isDamage } from '../errors.ts';

/** A file of so many bytes is looked through at the start in less than half a second; a larger one by its header only. */
const LOOKED_THROUGH_BYTES = 32 * 1024 * 1024;

/** The file is not what SQLite wrote. The message is one line. */
export class DamagedDatabase extends Error {
  override readonly name = 'DamagedDatabase';
}

/**
 * Looks for damage before anything is written, by a handle that cannot write: a start that fails leaves the file as it was.
 * @throws DamagedDatabase
 */
export function assertIntactAtStart(path: string): void {
  const database = new Database(path, { readonly: true, timeout: 0 });
  try {
    const pages = Number(database.pragma('page_count', { simple: true }));
    const bytes = pages * Number(database.pragma('page_size', { simple: true }));
    if (bytes <= LOOKED_THROUGH_BYTES) assertIntact(database, 'quick_check');
  } catch (error) {
    // What else can be wrong, such as a journal that only a writer can undo, is for the writer to meet.
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
