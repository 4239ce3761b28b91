import Database from 'better-sqlite3';
import { isBusy } from '../errors.ts';
import { whenUnlocked } from './lock.ts';
import { makePrivateFile } from './private-files.ts';

export interface ProcessLock {
  readonly path: string;
  release(): void;
}

/**
 * Two servers on one file would miss each other's events. Therefore a server locks an empty file beside the database for as
 * long as it runs; the system drops the lock with the process, however it ends. The file is never removed: otherwise two
 * processes could lock two files of the same name.
 * @throws Error when another process holds the lock for longer than `patience`, in milliseconds
 */
export async function lockForThisProcess(
  database: string,
  { patience, onWait }: { readonly patience: number; readonly onWait?: () => void },
): Promise<ProcessLock> {
  const path = `${database}-lock`;
  makePrivateFile(path);
  const lock = new Database(path, { timeout: 0 });
  try {
    // The lock is a transaction that never ends and writes nothing, not even a journal.
    const take = () => lock.exec('pragma journal_mode = memory; begin exclusive');
    await whenUnlocked(take, { patience, ...(onWait && { onWait }) });
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new Error(`Another process has the database open: ${database}.`) : error;
  }
  return { path, release: () => lock.close() };
}
