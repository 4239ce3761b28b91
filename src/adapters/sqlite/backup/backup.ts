import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { assertNotMounted } from '../file/place.ts';
import { discard, putInPlace } from '../file/whole-file.ts';
import { copyDatabase, type Holdings } from './copy-database.ts';

/**
 * Copies the database to a file, which gets its name when the copy is complete, checked and synced. A server may be running on
 * the database; everything it had acknowledged before this began is in the copy.
 * @throws Error with a line to show
 */
export async function backUp(asked: {
  readonly database: string;
  readonly file: string;
  readonly mayReplace: boolean;
  /** Told of each copy before it gets its name; false asks for another one. */
  readonly accept?: (copy: string) => Promise<boolean>;
}): Promise<Holdings> {
  if (existsSync(asked.database)) assertNotMounted(realpathSync(asked.database));
  const file = resolve(asked.file);
  if (!existsSync(dirname(file))) throw new Error(`There is no directory ${dirname(file)}.`);
  if (isSameFile(file, asked.database)) throw new Error(`${file} is the database itself.`);
  if (existsSync(file) && !asked.mayReplace) throw new Error(`${file} already exists, and --replace was not given.`);
  const partial = `${file}.partial-${process.pid}`;
  try {
    for (;;) {
      const holdings = await copyDatabase(asked.database, partial);
      if ((await asked.accept?.(partial)) === false) {
        discard(partial);
        continue;
      }
      putInPlace(partial, file);
      return holdings;
    }
  } finally {
    discard(partial);
  }
}

function isSameFile(path: string, other: string): boolean {
  const [one, two] = [path, other].map((name) => statSync(name, { throwIfNoEntry: false }));
  return one !== undefined && two !== undefined && one.ino === two.ino && one.dev === two.dev;
}
