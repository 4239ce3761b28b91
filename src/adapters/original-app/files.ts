import { closeSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { makePrivateFile } from '../sqlite/file/private-files.ts';
import { discard, putInPlace } from '../sqlite/file/whole-file.ts';

/** An empty file that is its owner's alone. What an interrupted start left of it goes first, SQLite's files beside it too. */
export function startFile(path: string): void {
  discard(path);
  makePrivateFile(path);
}

/** The text in a file that has its name only once it is complete. */
export function writeWhole(path: string, text: string): void {
  const partial = `${path}.partial`;
  try {
    startFile(partial);
    writeFileSync(partial, text);
    putInPlace(partial, path);
  } finally {
    discard(partial);
  }
}

const CHUNK = 1024 * 1024;

/** Whether the second file is there and holds the same bytes. */
export function isSame(path: string, other: string): boolean {
  if (statSync(path).size !== statSync(other, { throwIfNoEntry: false })?.size) return false;
  const [a, b] = [openSync(path, 'r'), openSync(other, 'r')];
  const [ofA, ofB] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)];
  try {
    for (;;) {
      const read = readSync(a, ofA);
      if (readSync(b, ofB) !== read || !ofA.subarray(0, read).equals(ofB.subarray(0, read))) return false;
      if (read === 0) return true;
    }
  } finally {
    closeSync(a);
    closeSync(b);
  }
}
