import type { Database, Statement } from 'better-sqlite3';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { Store } from '../../application/ports/store.ts';
import type { UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { DomainError } from '../../domain/errors.ts';
import { type CommitOutcome, CommitQueue } from '../kysely/commit-queue.ts';
import type { Unit, WorkUnit } from '../kysely/units.ts';
import type { WriteCount } from './database.ts';
import { isPassing, translateSqliteError } from './errors.ts';
import { whenUnlocked } from './file/lock.ts';
import type { DatabaseWatch } from './file/watch.ts';
import type { SqliteJobsClock } from './jobs-clock.ts';
import { Posts } from './posts.ts';

const MAX_BATCH = 1_000;
/** Under load a commit waits for more units. */
const PACE = { gatherMs: 3, worthWaitingFor: 2 };

interface Deps {
  readonly database: Database;
  /** Of the store's statements. */
  readonly writes: WriteCount;
  readonly store: Store;
  readonly jobsClock: Pick<SqliteJobsClock, 'now'>;
  readonly watch: DatabaseWatch;
  readonly measurements?: Pick<Measurements, 'committed'> | undefined;
}

/** Settles a unit after the commit. */
type Settle = () => void;

/**
 * Executes the units of a commit in one transaction. Most units that fail are refused before they write, so that there is nothing to
 * undo. When a unit fails later, all of them run again, each in a savepoint of its own: savepoints make SQLite copy the pages that
 * the units change.
 */
export class SqliteUnitOfWork implements UnitOfWork {
  readonly #deps: Deps;
  readonly #queue: CommitQueue;
  readonly #posts: Posts;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #savepoint: Statement;
  readonly #release: Statement;
  readonly run: UnitOfWork['run'];
  readonly post: UnitOfWork['post'];

  constructor(deps: Deps) {
    const { database, jobsClock } = deps;
    this.#deps = deps;
    this.#posts = new Posts(database, jobsClock);
    this.#begin = database.prepare('begin immediate');
    this.#commit = database.prepare('commit');
    this.#savepoint = database.prepare('savepoint unit');
    this.#release = database.prepare('release unit');
    this.#queue = new CommitQueue({
      maxBatch: MAX_BATCH,
      pace: PACE,
      maxWaitMs: Number.POSITIVE_INFINITY,
      commit: (units) => this.#commitBatch(units),
    });
    this.run = (work) => this.#queue.run(work);
    this.post = (key, decide) => this.#queue.post(key, decide);
  }

  close(): Promise<void> {
    return this.#queue.close();
  }

  async #commitBatch(units: readonly Unit[]): Promise<CommitOutcome> {
    const { watch, measurements } = this.#deps;
    const begun = performance.now();
    try {
      watch.assertInPlace();
      await watch.logIsShort();
      const settle = (await this.#tryBatch(units)) ?? (await this.#runIsolated(units));
      this.#commit.run();
      const at = performance.now();
      measurements?.committed(units.length, (at - begun) / 1_000);
      watch.committed();
      for (const done of settle) done();
    } catch (error) {
      this.#fail(units, error);
    }
    return { left: [], committed: units.length, at: performance.now() };
  }

  #fail(units: readonly Unit[], error: unknown): void {
    const told = translateSqliteError(error);
    for (const unit of units) unit.reject(told);
    try {
      this.#rollBack();
      if (told !== error) this.#deps.watch.failed(error);
    } catch {
      // Nothing was committed in any case. The rollback is repeated before the next transaction, which reports a failure.
    }
  }

  async #beginAgain(): Promise<void> {
    this.#rollBack();
    await whenUnlocked(() => this.#begin.run());
  }

  /** Returns undefined when the writes of a unit have to be undone. Throws when the whole transaction is lost. */
  async #tryBatch(units: readonly Unit[]): Promise<readonly Settle[] | undefined> {
    await this.#beginAgain();
    const settle: Settle[] = [];
    try {
      for (const unit of units) {
        if (unit.kind === 'post') settle.push(this.#post(unit));
        else {
          this.#posts.finish();
          settle.push(await this.#attempt(unit));
        }
      }
      this.#posts.finish();
      return settle;
    } catch (error) {
      if (units.length === 1 || isPassing(error) || !this.#deps.database.inTransaction) throw error;
      return undefined;
    }
  }

  /** Throws when the unit failed after it had written something. */
  async #attempt(unit: WorkUnit): Promise<Settle> {
    const { writes, database } = this.#deps;
    const before = writes.value;
    try {
      return await this.#work(unit);
    } catch (error) {
      if (writes.value !== before || !database.inTransaction) throw error;
      return () => unit.reject(translateSqliteError(error));
    }
  }

  async #runIsolated(units: readonly Unit[]): Promise<readonly Settle[]> {
    await this.#beginAgain();
    const settle: Settle[] = [];
    for (const unit of units) {
      const runUnit = async () => {
        if (unit.kind === 'work') return this.#work(unit);
        const done = this.#post(unit);
        this.#posts.finish();
        return done;
      };
      settle.push(await this.#isolated(unit, runUnit));
    }
    return settle;
  }

  /** Runs a unit in a savepoint. Throws when the whole transaction is lost. */
  async #isolated(unit: Unit, runUnit: () => Promise<Settle>): Promise<Settle> {
    this.#savepoint.run();
    try {
      const done = await runUnit();
      this.#release.run();
      return done;
    } catch (error) {
      this.#posts.abandon();
      // On a full disk SQLite may have rolled back the whole transaction.
      if (!this.#deps.database.inTransaction) throw error;
      this.#deps.database.exec('rollback to unit; release unit');
      return () => unit.reject(translateSqliteError(error));
    }
  }

  async #work(unit: WorkUnit): Promise<Settle> {
    const result = await unit.work(this.#deps.store);
    return () => unit.resolve(result);
  }

  #post({ key, decide, resolve, reject }: Extract<Unit, { kind: 'post' }>): Settle {
    try {
      const posted = this.#posts.post(key, decide);
      return () => resolve(posted);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return () => reject(error);
    }
  }

  /** After some failures SQLite has already rolled back. */
  #rollBack(): void {
    this.#posts.abandon();
    if (this.#deps.database.inTransaction) this.#deps.database.exec('rollback');
  }
}
