import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { DatabasePages } from './database-pages.ts';
import { isPassing, refusal } from './errors.ts';
import { emptyLog } from './write-ahead-log.ts';

/** What is to be scrubbed within this time is scrubbed together: each time the whole file is looked through. */
const BETWEEN_MS = 2_000;
/** Other programs that read, and a transaction of ours, may be in the way this long. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 20;
/** Pages overwritten at a time: some milliseconds in which nothing else happens. */
const AT_ONCE = 256;

/**
 * Leaves nothing in the files of what was removed. SQLite overwrites deleted rows (`secure_delete`), but the log still has the
 * pages as they were, and pages may hold copies of rows that were moved elsewhere.
 */
export class Scrubber {
  readonly #database: Database;
  readonly #pages: DatabasePages;
  #pass: Promise<void> = Promise.resolve();
  /** The pass that has not begun yet, for which more may still be removed. */
  #next: Promise<void> | undefined;
  #startedAt = Number.NEGATIVE_INFINITY;
  readonly #stopping = new AbortController();

  constructor(database: Database) {
    this.#database = database;
    this.#pages = new DatabasePages(database.name);
  }

  /** @throws DomainError `unavailable` when others were in the way for too long */
  scrub(): Promise<void> {
    const begin = () => this.#scrub();
    this.#next ??= this.#pass.then(begin, begin);
    this.#pass = this.#next;
    return this.#next;
  }

  /** Gives up what is under way. To be awaited before the database is closed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#pass.catch(() => undefined);
  }

  close(): void {
    this.#pages.close();
  }

  async #scrub(): Promise<void> {
    await this.#pause(this.#startedAt + BETWEEN_MS - performance.now());
    // From here on a call has a pass of its own: this one may have passed over what it is about.
    this.#next = undefined;
    this.#startedAt = performance.now();
    await this.#whenLogIsEmpty(() => undefined);
    const pages = await this.#pages.withResidue();
    for (let first = 0; first < pages.length; first += AT_ONCE) {
      await this.#whenLogIsEmpty(() => this.#overwrite(pages.slice(first, first + AT_ONCE)));
    }
  }

  async #whenLogIsEmpty(act: () => void): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        if (emptyLog(this.#database)) return act();
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
      if (performance.now() >= deadline) throw refusal(new Error('the log is being read'));
      await this.#pause(RETRY_MS);
    }
  }

  async #pause(ms: number): Promise<void> {
    await delay(Math.max(0, ms), undefined, { signal: this.#stopping.signal }).catch((cause: unknown) => {
      throw refusal(cause);
    });
  }

  /** Nothing else of this process happens meanwhile, and other processes are kept from writing by the lock. */
  #overwrite(pages: readonly number[]): void {
    const database = this.#database;
    database.exec('begin immediate');
    try {
      if (statSync(`${database.name}-wal`).size > 0) throw refusal(new Error('another program has written'));
      this.#pages.overwriteResidue(pages);
    } finally {
      database.exec('rollback');
    }
    // Pages that SQLite has read before would be written back as they were.
    database.pragma('shrink_memory');
  }
}
