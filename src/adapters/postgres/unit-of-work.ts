import type { Measurements } from '../../application/ports/measurements.ts';
import type { UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { type CommitOutcome, CommitQueue } from '../kysely/commit-queue.ts';
import type { Unit } from '../kysely/units.ts';
import { CommitMarks } from './commit-marks.ts';
import { translatePostgresError } from './errors.ts';
import type { Carried, Transactions } from './transactions.ts';
import type { Writer } from './writer.ts';

/** While a commit lasts, other instances wait for the chats that it writes to. */
const MAX_BATCH = 500;
/** Under load a transaction waits longer for more units than a commit of SQLite: it costs as much as dozens of posts in it. */
const PACE = { gatherMs: 20, worthWaitingFor: 1.5 };
const MAX_WAIT_MS = 5_000;
/** A transaction that is not at its commit by then is given up: others wait for what it holds. */
const MAX_TRANSACTION_MS = 5_000;

interface Deps {
  readonly writer: Writer;
  readonly transactions: Transactions;
  readonly measurements?: Pick<Measurements, 'committed'> | undefined;
}

/** Group commit on one connection. */
export class PostgresUnitOfWork implements UnitOfWork {
  readonly #deps: Deps;
  readonly #marks: CommitMarks;
  readonly #queue: CommitQueue;
  readonly run: UnitOfWork['run'];
  readonly post: UnitOfWork['post'];

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#marks = new CommitMarks(deps.writer);
    this.#queue = new CommitQueue({
      maxBatch: MAX_BATCH,
      pace: PACE,
      maxWaitMs: MAX_WAIT_MS,
      commit: (units) => this.#commit(units),
    });
    this.run = (work) => this.#queue.run(work);
    this.post = (key, decide) => this.#queue.post(key, decide);
  }

  close(): Promise<void> {
    return this.#queue.close();
  }

  async #commit(units: readonly Unit[]): Promise<CommitOutcome> {
    const begun = performance.now();
    const left = await this.#commitTogether(units);
    // The next transaction waits from the beginning of this one, which takes long by itself.
    return { left, committed: units.length - left.length, at: begun };
  }

  /** In one transaction. Answers those of which it holds nothing. */
  async #commitTogether(units: readonly Unit[]): Promise<readonly Unit[]> {
    const { writer, transactions, measurements } = this.#deps;
    const begun = performance.now();
    let carried: Carried = { settle: [], left: [] };
    let committing: number | undefined;
    try {
      await writer.connect();
      const transaction = this.#marks.begin();
      carried = await this.#withinLimits(() => transactions.run(units));
      await writer.begun;
      if (carried.settle.length === 0) {
        await writer.rollback();
        return carried.left;
      }
      committing = transaction;
      if (!(await writer.commit())) {
        // What one of them wrote was refused, and nothing of the transaction is kept.
        transactions.isolate(units);
        return units;
      }
    } catch (error) {
      writer.discard();
      // Once the commit was asked for, only the database knows whether it was carried out.
      if (committing === undefined || !(await this.#marks.wasCommitted(committing))) {
        for (const unit of units) unit.reject(translatePostgresError(error));
        return [];
      }
    }
    measurements?.committed(carried.settle.length, (performance.now() - begun) / 1_000);
    for (const done of carried.settle) done();
    return carried.left;
  }

  async #withinLimits<T>(work: () => Promise<T>): Promise<T> {
    const giveUp = setTimeout(() => this.#deps.writer.discard(), MAX_TRANSACTION_MS);
    try {
      return await work();
    } finally {
      clearTimeout(giveUp);
    }
  }
}
