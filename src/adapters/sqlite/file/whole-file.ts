import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Renames a finished file into place, atomically and durably. */
export function putInPlace(finished: string, place: string): void {
  sync(finished);
  renameSync(finished, place);
  sync(dirname(place));
}

/** Removes a database file that no process has open, with the files that SQLite may have left beside it. */
export function discard(path: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

export function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
