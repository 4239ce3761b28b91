import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Log } from '../../../application/ports/log.ts';
import { emptyLog, USUAL_LOG_BYTES } from './write-ahead-log.ts';

/** A log that reached this is made short before anything else is written. */
const LONG_LOG_BYTES = 2 * USUAL_LOG_BYTES;
/** One that reached this is not to be made short: somebody has been reading it for longer than one can wait. */
const WARNED_OF_BYTES = 4 * USUAL_LOG_BYTES;
/** Writing waits so long for those who read, and after it waited in vain not again for a while. */
const PATIENCE_MS = 1_000;
const VAIN_FOR_MS = 10_000;
const RETRY_MS = 5;

/**
 * Keeps the log short. SQLite starts it over when nobody reads it, but readers of other programs that take turns leave no
 * such moment as long as something is written between them: then writing has to wait until those have left who began before.
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
      this.#log.warn(details, 'the log of the database grows: another program has been reading it for long');
    }
    this.#isWarned = isTooLong;
  }

  /** Gives back what the log had to grow by, if that can be done at once. */
  trim(): void {
    if (this.#bytes > USUAL_LOG_BYTES && emptyLog(this.#writer)) this.measure();
  }

  /** To be awaited before something is written. */
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
