import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { discard, putInPlace } from '../sqlite/file/whole-file.ts';
import { isSame, startFile } from './files.ts';

/**
 * Copies the database to a file beside it, and returns the path. The copy gets its name when it is complete and synced. An earlier
 * copy is never overwritten; when it is equal, it is used. No process may write meanwhile.
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

/** Does not read the file itself: closing it would drop this process's locks on it. */
async function copyTo(partial: string, path: string): Promise<void> {
  const reader = new Database(path, { readonly: true, timeout: 0 });
  try {
    await reader.backup(partial);
  } finally {
    reader.close();
  }
}

/** The first path without a different copy. */
function firstFree(path: string, partial: string): string {
  for (let n = 1; ; n += 1) {
    const copy = `${path}.original-app${n === 1 ? '' : `-${n}`}`;
    if (!existsSync(copy) || isSame(partial, copy)) return copy;
  }
}
