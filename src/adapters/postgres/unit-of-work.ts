import type { Measurements } from '../../application/ports/measurements.ts';
import type { Store } from '../../application/ports/store.ts';
import type { UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId } from '../../domain/ids.ts';
import { CommitPace } from '../kysely/commit-pace.ts';
import { CommitMarks } from './commit-marks.ts';
import { translatePostgresError } from './errors.ts';
import type { Transactions } from './transactions.ts';
import { type Carried, firstOfAKind, inTurn, type Unit } from './units.ts';
import type { Writer } from './writer.ts';

/** One commit carries so many units at the most: while it lasts, other instances wait for the chats that it writes to. */
const LARGEST_BATCH = 500;
/** Under load a transaction waits longer for more units than a commit of SQLite: it costs as much as dozens of posts in it. */
const PACE = { gatherMs: 20, worthWaitingFor: 1.5 };
/** So many units wait at the most, and so long; who waits longer is refused. */
const LONGEST_QUEUE = 10_000;
const PATIENCE_MS = 5_000;
/** A transaction that is not at its commit by then is given up: others wait for what it holds. */
const LONGEST_MS = 5_000;

/**
 * Group commit on one connection, as with SQLite: the units that came in while the last transaction was under way, and a
 * moment longer under load, are committed together, so that they wait for one flush of the server's log.
 */
export class PostgresUnitOfWork implements UnitOfWork {
  readonly #writer: Writer;
  readonly #marks: CommitMarks;
  readonly #transactions: Transactions;
  readonly #measurements: Pick<Measurements, 'committed'> | undefined;
  readonly #pace = new CommitPace(PACE);
  #waiting: Unit[] = [];
  #draining: Promise<void> | undefined;
  #isClosed = false;

  constructor(deps: {
    readonly writer: Writer;
    readonly transactions: Transactions;
    readonly measurements?: Pick<Measurements, 'committed'> | undefined;
  }) {
    this.#writer = deps.writer;
    this.#marks = new CommitMarks(deps.writer);
    this.#transactions = deps.transactions;
    this.#measurements = deps.measurements;
  }

  run<T>(work: (store: Store) => Promise<T>, within?: ChatId): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#isClosed || this.#waiting.length >= LONGEST_QUEUE) {
        reject(new DomainError('unavailable', 'The server is busy or about to stop. Try again soon.'));
        return;
      }
      // The queue holds units of every type; each one's resolve takes what its own work returned.
      const settle = { resolve: (result: unknown) => resolve(result as T), reject };
      this.#waiting.push({ work, within, since: performance.now(), ...settle });
      this.#draining ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        await this.#gather();
        this.#refuseTheLate();
        const units = firstOfAKind(this.#waiting, LARGEST_BATCH);
        if (units.length === 0) continue;
        this.#waiting.splice(0, units.length);
        const begun = performance.now();
        const left = await this.#commitAll(units);
        this.#pace.committed(units.length - left.length, begun);
        this.#waiting = [...left, ...this.#waiting];
      }
    } finally {
      this.#draining = undefined;
    }
  }

  async #gather(): Promise<void> {
    const wait = this.#waiting.length < LARGEST_BATCH ? this.#pace.wait(performance.now()) : 0;
    if (wait >= 1) await new Promise((resolve) => setTimeout(resolve, wait));
    // At least one turn of the loop: every socket that has something to read adds its units first.
    else await new Promise(setImmediate);
  }

  #refuseTheLate(): void {
    const now = performance.now();
    this.#waiting = this.#waiting.filter(({ since, reject }) => {
      const isLate = now - since > PATIENCE_MS;
      if (isLate) reject(new DomainError('unavailable', 'The database is too slow. Try again soon.'));
      return !isLate;
    });
  }

  /**
   * What ran side by side with one that was refused is repeated without newcomers, of which one could be refused in its turn,
   * and so on for ever. Answers the units that go into one of the next transactions.
   */
  async #commitAll(units: readonly Unit[]): Promise<readonly Unit[]> {
    let left = units;
    do {
      const batch = firstOfAKind(left, LARGEST_BATCH);
      left = [...(await this.#commitTogether(batch)), ...left.slice(batch.length)];
    } while (left[0]?.within !== undefined);
    return left;
  }

  /** In one transaction. Answers those of which it holds nothing. */
  async #commitTogether(units: readonly Unit[]): Promise<readonly Unit[]> {
    const begun = performance.now();
    let carried: Carried = { settle: [], left: [] };
    let committing: number | undefined;
    try {
      await this.#writer.connect();
      const transaction = this.#marks.begin();
      carried = await this.#withinLimits(() => this.#transactions.run(units));
      await this.#writer.begun;
      if (carried.settle.length === 0) {
        await this.#writer.rollback();
        return carried.left;
      }
      committing = transaction;
      // Something failed that nobody waited for: each is done again by itself, and gets its own answer.
      if (!(await this.#writer.commit())) return units.map(inTurn);
    } catch (error) {
      this.#writer.discard();
      // Once the commit was asked for, only the database knows whether it was carried out.
      if (committing === undefined || !(await this.#marks.wasCommitted(committing))) {
        for (const unit of units) unit.reject(translatePostgresError(error));
        return [];
      }
    }
    this.#measurements?.committed(carried.settle.length, (performance.now() - begun) / 1_000);
    for (const done of carried.settle) done();
    return carried.left;
  }

  async #withinLimits<T>(work: () => Promise<T>): Promise<T> {
    const giveUp = setTimeout(() => this.#writer.discard(), LONGEST_MS);
    try {
      return await work();
    } finally {
      clearTimeout(giveUp);
    }
  }
}
