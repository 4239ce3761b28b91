import type { Measurements } from '../../application/ports/measurements.ts';
import type { UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { type CommitOutcome, CommitQueue } from '../kysely/commit-queue.ts';
import type { Unit } from '../kysely/units.ts';
import { CommitMarks } from './commit-marks.ts';
import { translatePostgresError } from './errors.ts';
import type { PendingCommit, Transactions } from './transactions.ts';
import type { Writer } from './writer.ts';

/** Maximum units in one transaction: other instances wait for its chats until it has committed. */
const MAX_BATCH = 500;
/** Under load a transaction gathers units for longer than a commit of SQLite: it costs as much as dozens of posts in it. */
const PACE = { gatherMs: 20, worthWaitingFor: 1.5 };
const MAX_WAIT_MS = 5_000;
/** A transaction that has not reached its commit by then is abandoned: other instances wait for its locks. */
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
    const left = await this.#commitBatch(units);
    // The pace counts from the beginning of the transaction, because the transaction itself takes long.
    return { left, committed: units.length - left.length, at: begun };
  }

  /** Commits units in one transaction. Returns those that it does not contain. */
  async #commitBatch(units: readonly Unit[]): Promise<readonly Unit[]> {
    const { writer, transactions, measurements } = this.#deps;
    const begun = performance.now();
    let pending: PendingCommit = { settle: [], left: [] };
    let committing: number | undefined;
    try {
      await writer.connect();
      const transaction = this.#marks.begin();
      pending = await this.#withinLimits(() => transactions.run(units));
      await writer.begun;
      if (pending.settle.length === 0) {
        await writer.rollback();
        return pending.left;
      }
      committing = transaction;
      if (!(await writer.commit())) {
        // A write failed, and nothing of the transaction was kept.
        transactions.isolate(units);
        return units;
      }
    } catch (error) {
      writer.discard();
      // After the commit was sent, only the database knows its outcome.
      if (committing === undefined || !(await this.#marks.wasCommitted(committing))) {
        for (const unit of units) unit.reject(translatePostgresError(error));
        return [];
      }
    }
    measurements?.committed(pending.settle.length, (performance.now() - begun) / 1_000);
    for (const done of pending.settle) done();
    return pending.left;
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
