import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Log } from '../../../application/ports/log.ts';
import { emptyLog, USUAL_LOG_BYTES } from './write-ahead-log.ts';

/** A log of this size is shortened before anything else is written. */
const LONG_LOG_BYTES = 2 * USUAL_LOG_BYTES;
/** A log of this size cannot be shortened because of a long read: the operator is warned. */
const WARNED_OF_BYTES = 4 * USUAL_LOG_BYTES;
/** How long writers wait for readers, and how long they do not wait again after waiting in vain. */
const PATIENCE_MS = 1_000;
const VAIN_FOR_MS = 10_000;
const RETRY_MS = 5;

/**
 * Keeps the log short. SQLite restarts it when there are no readers, but overlapping readers of other programs leave no such
 * moment while commits go on between them. Then writing waits until the readers that began before have finished.
 */
export class LogSize {
  readonly #writer: Database;
  readonly #log: Log;
  #bytes = 0;
  #isWarned = false;
  #vainUntil = Number.NEGATIVE_INFINITY;

  constructor({ writer, log }: { writer: Database; log: Log }) {
    this.#writer = writer;
    this.#log = log;
  }

  measure(): void {
    this.#bytes = statSync(`${this.#writer.name}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    const isTooLong = this.#bytes > WARNED_OF_BYTES;
    if (isTooLong && !this.#isWarned) {
      const details = { event: 'database_log_long', bytes: this.#bytes };
      this.#log.warn(details, 'the write-ahead log grows because another program keeps a read transaction open');
    }
    this.#isWarned = isTooLong;
  }

  /** Truncates the log to its usual size, if that is possible at once. */
  trim(): void {
    if (this.#bytes > USUAL_LOG_BYTES && emptyLog(this.#writer)) this.measure();
  }

  /** Await it before writing. */
  async whenShort(): Promise<void> {
    const began = performance.now();
    if (this.#bytes <= LONG_LOG_BYTES || began < this.#vainUntil) return;
    while (!emptyLog(this.#writer)) {
      if (performance.now() - began >= PATIENCE_MS) {
        this.#vainUntil = performance.now() + VAIN_FOR_MS;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    this.measure();
  }
}
