import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { prepareDatabasePlace } from '../file/place.ts';
import { keepOwner } from '../file/private-files.ts';
import { lockForThisProcess } from '../file/process-lock.ts';
import { discard, putInPlace, sync } from '../file/whole-file.ts';
import { copyDatabase, type Holdings } from './copy-database.ts';

export interface Restored extends Holdings {
  /** Where the database is that was there before, if there was one. */
  readonly movedTo: string | undefined;
}

/**
 * Puts a copy of `file` in the place of the database, and moves the one that is there aside. Killed at any moment, it has
 * changed nothing, or is completed by whoever opens the database next.
 * @throws Error with a line to show: a server runs, the file is not what it should be, a database is there already
 */
export async function restore(asked: {
  readonly database: string;
  readonly file: string;
  readonly mayReplace: boolean;
}): Promise<Restored> {
  const path = prepareDatabasePlace(asked.database);
  const lock = await lockForThisProcess(path, { patience: 0 });
  const partial = `${path}.partial-${process.pid}`;
  try {
    completeRestore(path);
    const isThere = existsSync(path);
    if (isThere && !asked.mayReplace) throw new Error(`${path} is there already, and --replace was not given.`);
    const holdings = await copyDatabase(asked.file, partial);
    keepOwner(partial, isThere ? path : dirname(path));
    putInPlace(partial, restoring(path));
    return { ...holdings, movedTo: completeRestore(path) };
  } finally {
    discard(partial);
    lock.release();
  }
}

/**
 * Completes a restore whose copy was ready, and answers where the database went that was there before. To be called under
 * the lock, before the database is opened. The log goes with the file that it belongs to: beside another one it would be
 * taken for that one's.
 */
export function completeRestore(path: string): string | undefined {
  const ready = statSync(restoring(path), { throwIfNoEntry: false });
  if (!ready) return undefined;
  const aside = `${path}.before-${ready.mtime.toISOString().replaceAll(/[-:.]/g, '')}`;
  for (const suffix of ['', '-wal', '-journal']) {
    if (existsSync(path + suffix)) moveAside(path + suffix, aside + suffix);
  }
  rmSync(`${path}-shm`, { force: true });
  sync(dirname(path));
  putInPlace(restoring(path), path);
  return existsSync(aside) ? aside : undefined;
}

/** Whether a restore was interrupted whose copy was ready: it is completed by whoever opens the database next. */
export const isRestoring = (path: string): boolean => existsSync(restoring(path));

const restoring = (path: string): string => `${path}-restoring`;

function moveAside(from: string, to: string): void {
  if (existsSync(to)) throw new Error(`${from} would be moved to ${to}, which is there already.`);
  renameSync(from, to);
}
