import type { Measurements } from '../../application/ports/measurements.ts';
import type { Store } from '../../application/ports/store.ts';
import type { UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId } from '../../domain/ids.ts';
import { CommitMarks } from './commit-marks.ts';
import { isContended, isOutdated, translatePostgresError } from './errors.ts';
import { areSideBySide, inGroups, type Unit } from './units.ts';
import type { Writer } from './writer.ts';

/** One commit carries so many units at the most: while it lasts, other instances wait for the chats that it writes to. */
const LARGEST_BATCH = 100;
/** So many units wait at the most, and so long; who waits longer is refused. */
const LONGEST_QUEUE = 10_000;
const PATIENCE_MS = 5_000;

/** To a transaction that lasts so long nothing is added: where the database is slow, fewer units share a commit. */
const LONG_MS = 500;
/** A transaction that is not at its commit by then is given up: others wait for what it holds. */
const LONGEST_MS = 5_000;

/** The first of a transaction wait so long for another's lock, on a chat's row for example. */
const FIRST_LOCK_MS = 2_000;
/**
 * The others hardly wait: what the units before them hold, somebody else may be waiting for. They go into a transaction of
 * their own instead, so that of two instances that gather units for the same chats none waits for the other in a circle.
 */
const NEXT_LOCK_MS = 10;

/**
 * Group commit on one connection, as with SQLite: the units that came in while the last transaction was under way are
 * committed together, so that they wait for one flush of the server's log. Those within chats take each of their steps
 * together too, so that a hundred of them wait for as many answers as one; when one fails, and otherwise, they run one
 * after another, each in a savepoint of its own.
 */
export class PostgresUnitOfWork implements UnitOfWork {
  readonly #writer: Writer;
  readonly #marks: CommitMarks;
  readonly #store: Store;
  readonly #measurements: Pick<Measurements, 'committed'> | undefined;
  #waiting: Unit[] = [];
  #draining: Promise<void> | undefined;
  #isClosed = false;

  constructor({
    writer,
    store,
    measurements,
  }: {
    readonly writer: Writer;
    readonly store: Store;
    readonly measurements?: Pick<Measurements, 'committed'> | undefined;
  }) {
    this.#measurements = measurements;
    this.#writer = writer;
    this.#marks = new CommitMarks(writer);
    this.#store = store;
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
        // A turn of the loop: every socket that has something to read adds its units first.
        await new Promise(setImmediate);
        const units = this.#waiting.splice(0, LARGEST_BATCH);
        const blocked = await this.#commitTogether(this.#stillPatient(units));
        this.#waiting = [...blocked, ...this.#waiting];
      }
    } finally {
      this.#draining = undefined;
    }
  }

  #stillPatient(units: readonly Unit[]): readonly Unit[] {
    const now = performance.now();
    const late = units.filter(({ since }) => now - since > PATIENCE_MS);
    for (const { reject } of late) reject(new DomainError('unavailable', 'The database is too slow. Try again soon.'));
    return late.length === 0 ? units : units.filter((unit) => !late.includes(unit));
  }

  /** Answers the units that did not fit into the transaction. */
  async #commitTogether(waiting: readonly Unit[]): Promise<readonly Unit[]> {
    const groups = inGroups(waiting);
    const units = groups.flat();
    const begun = performance.now();
    const settle: (() => void)[] = [];
    let transaction: number | undefined;
    try {
      await this.#writer.connect();
      transaction = await this.#withinLimits(() => this.#runAll(groups, settle));
      await this.#commit();
    } catch (error) {
      this.#writer.discard();
      // Once the commit was asked for, only the database knows whether it was carried out.
      if (transaction === undefined || !(await this.#marks.wasCommitted(transaction))) {
        for (const unit of units) unit.reject(translatePostgresError(error));
        return [];
      }
    }
    this.#measurements?.committed(settle.length, (performance.now() - begun) / 1_000);
    for (const done of settle) done();
    return units.slice(settle.length);
  }

  async #withinLimits<T>(work: () => Promise<T>): Promise<T> {
    const giveUp = setTimeout(() => this.#writer.discard(), LONGEST_MS);
    try {
      return await work();
    } finally {
      clearTimeout(giveUp);
    }
  }

  /**
   * Up to the unit that has to wait for a lock in a transaction of its own. Answers the transaction's number, and adds to
   * `settle` what is to be told once it is committed.
   */
  async #runAll(groups: readonly (readonly Unit[])[], settle: (() => void)[]): Promise<number> {
    const begun = performance.now();
    const transaction = await this.#marks.begin();
    for (const group of groups) {
      this.#send(`set local lock_timeout = ${settle.length === 0 ? FIRST_LOCK_MS : NEXT_LOCK_MS}`);
      if (group.length > 1 && areSideBySide(group) && (await this.#runSideBySide(group, settle))) continue;
      for (const unit of group) {
        if (settle.length > 0 && performance.now() - begun > LONG_MS) return transaction;
        const done = await this.#runInSavepoint(unit);
        if (!done) return transaction;
        if (settle.push(done) === 1) this.#send(`set local lock_timeout = ${NEXT_LOCK_MS}`);
      }
    }
    return transaction;
  }

  /** False when one failed: then none of it is kept. */
  async #runSideBySide(units: readonly Unit[], settle: (() => void)[]): Promise<boolean> {
    this.#send('savepoint units');
    const results = await Promise.allSettled(units.map(({ work }) => work(this.#store)));
    const hasFailed = results.some(({ status }) => status === 'rejected');
    this.#send(hasFailed ? 'rollback to units' : 'release units');
    if (hasFailed) return false;
    for (const [index, result] of results.entries())
      if (result.status === 'fulfilled') settle.push(() => units[index]?.resolve(result.value));
    return true;
  }

  async #commit(): Promise<void> {
    const { command } = await this.#writer.client.query('commit');
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back at its commit.');
  }

  /**
   * What is to be told to the caller once the batch is committed; undefined when another's lock was in the way. Throws when
   * the connection is of no more use.
   */
  async #runInSavepoint(unit: Unit): Promise<(() => void) | undefined> {
    this.#send('savepoint unit');
    try {
      const result = await unit.work(this.#store);
      this.#send('release unit');
      return () => unit.resolve(result);
    } catch (error) {
      const cause = error instanceof DomainError ? error.cause : error;
      if (isOutdated(cause)) throw error;
      this.#send('rollback to unit');
      if (isContended(cause)) return undefined;
      return () => unit.reject(error);
    }
  }

  /** Without waiting for the answer: if it is an error, the transaction cannot be committed. */
  #send(sql: string): void {
    this.#writer.client.query(sql).catch(() => undefined);
  }
}
