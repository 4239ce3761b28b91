import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { isPassing, refusal } from '../errors.ts';
import { emptyLog } from './write-ahead-log.ts';

/** Minimum time between two passes. Deletions within it share a pass. */
const BETWEEN_MS = 2_000;
/** How long readers of other programs, or a transaction of this one, may delay a pass. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 20;

/**
 * Removes deleted rows from the files. SQLite overwrites them in the database (`secure_delete`), but the log still has the
 * earlier pages, so it is checkpointed and truncated.
 */
export class Scrubber {
  readonly #database: Database;
  #pass: Promise<void> = Promise.resolve();
  /** The pass that has not begun yet. Further deletions can still join it. */
  #next: Promise<void> | undefined;
  #startedAt = Number.NEGATIVE_INFINITY;
  readonly #stopping = new AbortController();

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws DomainError `unavailable` when readers or a transaction delayed the pass for too long */
  scrub(): Promise<void> {
    const begin = () => this.#scrub();
    this.#next ??= this.#pass.then(begin, begin);
    this.#pass = this.#next;
    return this.#next;
  }

  /** Cancels the running pass. Await it before closing the database. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#pass.catch(() => undefined);
  }

  async #scrub(): Promise<void> {
    await this.#pause(this.#startedAt + BETWEEN_MS - performance.now());
    // A call from here on needs another pass: this one may miss what it deleted.
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
