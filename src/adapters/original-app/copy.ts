import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { discard, putInPlace } from '../sqlite/file/whole-file.ts';
import { isSame, startFile } from './files.ts';

/**
 * Leaves a copy of the database beside it and answers where. It has its name only once it is complete and synced; an
 * earlier copy is never written over, and is the copy when it is the same. Nobody may write meanwhile.
 */
export async function leaveCopy(path: string): Promise<string> {
  const partial = `${path}.original-app.partial`;
  try {
    startFile(partial);
    await copyTo(partial, path);
    const copy = firstFree(path, partial);
    if (!existsSync(copy)) putInPlace(partial, copy);
    return copy;
  } finally {
    discard(partial);
  }
}

/** Not by reading the file: closing it would take the locks away that this process has on it. */
async function copyTo(partial: string, path: string): Promise<void> {
  const reader = new Database(path, { readonly: true, timeout: 0 });
  try {
    await reader.backup(partial);
  } finally {
    reader.close();
  }
}

/** The first name that no other copy has. */
function firstFree(path: string, partial: string): string {
  for (let n = 1; ; n += 1) {
    const copy = `${path}.original-app${n === 1 ? '' : `-${n}`}`;
    if (!existsSync(copy) || isSame(partial, copy)) return copy;
  }
}
