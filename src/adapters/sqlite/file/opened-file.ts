import { type BigIntStats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';

export type Whereabouts = 'in place' | 'missing' | 'replaced';

/** A file as it was when it was opened, by what the system knows it by: its name may since stand for another, or none. */
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
      // Whatever keeps it from being found keeps the next start from finding it.
      return 'missing';
    }
  }
}
