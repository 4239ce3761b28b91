import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { isPassing, refusal } from '../errors.ts';
import { emptyLog } from './write-ahead-log.ts';

/** What is removed within this time is scrubbed together. */
const BETWEEN_MS = 2_000;
/** How long other programs that read, and a transaction of this one, may be in the way. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 20;

/**
 * Removes from the files what was removed from the tables. SQLite overwrites deleted rows (`secure_delete`), but the log still
 * has the pages as they were before: it is brought into the database and truncated.
 */
export class Scrubber {
  readonly #database: Database;
  #pass: Promise<void> = Promise.resolve();
  /** The pass that has not begun yet, for which more may still be removed. */
  #next: Promise<void> | undefined;
  #startedAt = Number.NEGATIVE_INFINITY;
  readonly #stopping = new AbortController();

  constructor(database: Database) {
    this.#database = database;
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

  async #scrub(): Promise<void> {
    await this.#pause(this.#startedAt + BETWEEN_MS - performance.now());
    // From here on a call has a pass of its own: this one may come too early for it.
    this.#next = undefined;
    this.#startedAt = performance.now();
    const deadline = performance.now() + PATIENCE_MS;
    while (!this.#hasEmptiedLog()) {
      if (performance.now() >= deadline) throw refusal(new Error('the log is being read'));
      await this.#pause(RETRY_MS);
    }
  }

  #hasEmptiedLog(): boolean {
    try {
      return emptyLog(this.#database);
    } catch (error) {
      if (!isPassing(error)) throw error;
      return false;
    }
  }

  async #pause(ms: number): Promise<void> {
    await delay(Math.max(0, ms), undefined, { signal: this.#stopping.signal }).catch((cause: unknown) => {
      throw refusal(cause);
    });
  }
}
