import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { prepareDatabasePlace } from '../file/place.ts';
import { keepOwner } from '../file/private-files.ts';
import { lockForThisProcess } from '../file/process-lock.ts';
import { discard, putInPlace, sync } from '../file/whole-file.ts';
import { copyDatabase, type Holdings } from './copy-database.ts';

export interface Restored extends Holdings {
  /** The path of the previous database, if there was one. */
  readonly movedTo: string | undefined;
}

/**
 * Replaces the database with a copy of `file`, and keeps the previous database under another name. When it is killed, it has
 * either changed nothing, or the next process that opens the database completes it.
 * @throws Error with a line to show: a server is running, the file is not a usable database, or a database already exists
 */
export async function restore(asked: {
  readonly database: string;
  readonly file: string;
  readonly mayReplace: boolean;
  /** Called when the copy is checked and no server can start, before anything is changed. */
  readonly prepare?: () => Promise<void>;
}): Promise<Restored> {
  const path = prepareDatabasePlace(asked.database);
  const lock = await lockForThisProcess(path, { patience: 0 });
  const partial = `${path}.partial-${process.pid}`;
  try {
    completeRestore(path);
    const isThere = existsSync(path);
    if (isThere && !asked.mayReplace) throw new Error(`${path} already exists, and --replace was not given.`);
    const holdings = await copyDatabase(asked.file, partial);
    await asked.prepare?.();
    keepOwner(partial, isThere ? path : dirname(path));
    putInPlace(partial, restoring(path));
    return { ...holdings, movedTo: completeRestore(path) };
  } finally {
    discard(partial);
    lock.release();
  }
}

/**
 * Completes a restore whose copy was ready, and returns the new path of the previous database. Call it under the lock, before
 * the database is opened. The log moves with its database: beside another one, SQLite would apply it to that one.
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

/** Whether a restore was interrupted when its copy was ready. The next process that opens the database completes it. */
export const isRestoring = (path: string): boolean => existsSync(restoring(path));

const restoring = (path: string): string => `${path}-restoring`;

function moveAside(from: string, to: string): void {
  if (existsSync(to)) throw new Error(`Cannot move ${from} to ${to}, which already exists.`);
  renameSync(from, to);
}
