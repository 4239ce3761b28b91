import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** On the disk that the project is on: a temporary directory may be memory, where a sync costs nothing. */
const SCRATCH = fileURLToPath(new URL('../results/scratch/', import.meta.url));

export function placeOf(database: string): string {
  return join(SCRATCH, database);
}

/** The same, with nothing there. */
export function emptyPlaceOf(database: string): string {
  mkdirSync(SCRATCH, { recursive: true });
  for (const suffix of ['', '-wal', '-shm']) rmSync(placeOf(database) + suffix, { force: true });
  return placeOf(database);
}

/** A copy to spoil: the original is the same again for the next round. */
export function copyOf(original: string): string {
  const copy = emptyPlaceOf(`copy-of-${original}`);
  copyFileSync(placeOf(original), copy);
  return copy;
}

export function clearScratch(): void {
  rmSync(SCRATCH, { recursive: true, force: true });
}
