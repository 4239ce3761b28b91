import { type BigIntStats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';

export type Whereabouts = 'in place' | 'missing' | 'replaced';

/** An open file, identified by device and inode: its path may since name another file, or none. */
export class OpenedFile {
  readonly path: string;
  readonly #opened: BigIntStats;

  constructor(path: string) {
    this.path = path;
    this.#opened = statSync(path, { bigint: true });
  }

  async look(): Promise<Whereabouts> {
    try {
      const found = await stat(this.path, { bigint: true });
      return found.ino === this.#opened.ino && found.dev === this.#opened.dev ? 'in place' : 'replaced';
    } catch {
      // Whatever the reason is, the next start will not find it either.
      return 'missing';
    }
  }
}
