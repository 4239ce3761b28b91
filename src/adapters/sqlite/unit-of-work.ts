import type { Database, Statement } from 'better-sqlite3';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { Store } from '../../application/ports/store.ts';
import type { UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { DomainError } from '../../domain/errors.ts';
import { CommitPace } from '../kysely/commit-pace.ts';
import { translateSqliteError } from './errors.ts';
import { whenUnlocked } from './lock.ts';
import type { DatabaseWatch } from './watch.ts';

/** One commit carries so many units at the most. */
const LARGEST_BATCH = 1_000;
/** Under load a commit waits a moment for more units. */
const PACE = { gatherMs: 3, worthWaitingFor: 2 };
/** So many units wait at the most; one more is refused. */
const LONGEST_QUEUE = 10_000;

interface Unit {
  readonly work: (store: Store) => Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit. The units that came in while the event loop was busy are run one after another, each in a savepoint of its
 * own, and committed together: a hundred of them wait for one fsync. When the server is quiet a unit is committed at once.
 */
export class SqliteUnitOfWork implements UnitOfWork {
  readonly #database: Database;
  readonly #store: Store;
  readonly #watch: DatabaseWatch;
  readonly #measurements: Pick<Measurements, 'committed'> | undefined;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #savepoint: Statement;
  readonly #release: Statement;
  readonly #waiting: Unit[] = [];
  readonly #pace = new CommitPace(PACE);
  #draining: Promise<void> | undefined;
  #committedAt: number | undefined;
  #isClosed = false;

  constructor({
    database,
    store,
    watch,
    measurements,
  }: {
    readonly database: Database;
    readonly store: Store;
    readonly watch: DatabaseWatch;
    readonly measurements?: Pick<Measurements, 'committed'> | undefined;
  }) {
    this.#measurements = measurements;
    this.#database = database;
    this.#store = store;
    this.#watch = watch;
    this.#begin = database.prepare('begin immediate');
    this.#commit = database.prepare('commit');
    this.#savepoint = database.prepare('savepoint unit');
    this.#release = database.prepare('release unit');
  }

  /** When the last commit was made, by `performance.now()`; undefined when it failed, or there was none yet. */
  get committedAt(): number | undefined {
    return this.#committedAt;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  run<T>(work: (store: Store) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#isClosed || this.#waiting.length >= LONGEST_QUEUE) {
        reject(new DomainError('unavailable', 'The server is busy or about to stop. Try again soon.'));
        return;
      }
      // The queue holds units of every type; each one's resolve takes what its own work returned.
      this.#waiting.push({ work, resolve: (result) => resolve(result as T), reject });
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
        const units = this.#waiting.splice(0, LARGEST_BATCH);
        await this.#commitTogether(units);
        this.#pace.committed(units.length, performance.now());
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

  async #commitTogether(units: readonly Unit[]): Promise<void> {
    const settle: (() => void)[] = [];
    const begun = performance.now();
    try {
      this.#watch.assertInPlace();
      await this.#watch.logIsShort();
      this.#rollBack();
      await whenUnlocked(() => this.#begin.run());
      for (const unit of units) settle.push(await this.#runInSavepoint(unit));
      this.#commit.run();
    } catch (error) {
      this.#fail(units, error);
      return;
    }
    const now = performance.now();
    this.#committedAt = now;
    this.#measurements?.committed(units.length, (now - begun) / 1_000);
    this.#watch.committed();
    for (const done of settle) done();
  }

  #fail(units: readonly Unit[], error: unknown): void {
    this.#committedAt = undefined;
    const told = translateSqliteError(error);
    for (const unit of units) unit.reject(told);
    try {
      this.#rollBack();
      if (told !== error) this.#watch.failed(error);
    } catch {
      // Nothing was committed in any case, and what is still in the way is tried again, and told, before the next begin.
    }
  }

  /** What is to be told to the caller once the batch is committed. Throws when the whole transaction is lost. */
  async #runInSavepoint(unit: Unit): Promise<() => void> {
    this.#savepoint.run();
    try {
      const result = await unit.work(this.#store);
      this.#release.run();
      return () => unit.resolve(result);
    } catch (error) {
      // On a full disk SQLite may have rolled back everything by itself.
      if (!this.#database.inTransaction) throw error;
      this.#database.exec('rollback to unit; release unit');
      return () => unit.reject(error);
    }
  }

  /** After some failures SQLite has rolled back by itself. */
  #rollBack(): void {
    if (this.#database.inTransaction) this.#database.exec('rollback');
  }
}
