import { closeSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { makePrivateFile } from '../sqlite/file/private-files.ts';
import { discard, putInPlace } from '../sqlite/file/whole-file.ts';

/** Creates an empty, private file. Removes first what an interrupted start left, with SQLite's files beside it. */
export function startFile(path: string): void {
  discard(path);
  makePrivateFile(path);
}

/** Writes the text to a file that gets its name when it is complete. */
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

/** Whether the second file exists and has the same bytes. */
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
