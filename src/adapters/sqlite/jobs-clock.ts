import type { Database } from 'better-sqlite3';

const LAST_WRITTEN = 'select max(written_at) from jobs';

/**
 * The clock by which jobs are due. Only one process has the file open, so the process can keep this clock itself: the time at
 * which it started, or at which a job was last written if that is later, plus the monotonic clock.
 *
 * Setting the system's clock while the server runs therefore changes nothing. A clock that is behind at the start, as on a
 * board without a battery, loses only the time during which the server was stopped: a job is late by that much. A clock that
 * is ahead at the start looks like a long stop, and makes jobs due too early by as much.
 */
export class SqliteJobsClock {
  readonly #monotonic: () => number;
  #origin: number;

  /** @param startedAt the system's time at which the monotonic clock was zero */
  constructor({ startedAt = performance.timeOrigin, monotonic = () => performance.now() }: Clocks = {}) {
    this.#origin = startedAt;
    this.#monotonic = monotonic;
  }

  /** Call it when the schema is up to date, before the first job is written. */
  continueFrom(database: Database): void {
    const last = database.prepare<[], number | null>(LAST_WRITTEN).pluck().get() ?? 0;
    this.#origin = Math.max(this.#origin, last - this.#monotonic());
  }

  readonly now = (): number => Math.floor(this.#origin + this.#monotonic());
}

interface Clocks {
  readonly startedAt?: number;
  readonly monotonic?: () => number;
}
