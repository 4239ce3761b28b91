import type { Database } from 'better-sqlite3';

const LAST_WRITTEN = 'select max(written_at) from jobs';

/**
 * The time by which jobs are due. Only one process has the file open, so it may be a clock of its own: the moment at which the
 * process started, or at which a job was last written where that is later, plus what the monotonic clock has counted since.
 *
 * A step of the system's clock while the server runs therefore changes nothing. A system's clock that is behind at the start, as
 * on a board without a battery, only leaves out the time during which the server was stopped: a job is late by that much and is
 * never forgotten. One that is ahead at the start cannot be told from a long stop, and makes jobs due too early by as much.
 */
export class SqliteJobsClock {
  readonly #monotonic: () => number;
  #origin: number;

  /** @param startedAt when the monotonic clock was zero, by the system's clock */
  constructor({ startedAt = performance.timeOrigin, monotonic = () => performance.now() }: Clocks = {}) {
    this.#origin = startedAt;
    this.#monotonic = monotonic;
  }

  /** To be called once the schema is up to date, before the first job is written. */
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
