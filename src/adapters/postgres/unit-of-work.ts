import type { Store } from '../../application/ports/store.ts';
import type { UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { DomainError } from '../../domain/errors.ts';
import { isContended, translatePostgresError } from './errors.ts';
import { wasCommitted } from './was-committed.ts';
import type { Writer } from './writer.ts';

/** One commit carries so many units at the most: while it lasts, other instances wait for the chats that it writes to. */
const LARGEST_BATCH = 100;
/** So many units wait at the most, and so long; who waits longer is refused. */
const LONGEST_QUEUE = 10_000;
const PATIENCE_MS = 5_000;

/** The first unit of a transaction waits so long for another's lock, on a chat's row for example. */
const FIRST_LOCK_MS = 2_000;
/**
 * The others hardly wait: what the units before them hold, somebody else may be waiting for. They go into a transaction of
 * their own instead, so that of two instances that gather units for the same chats none waits for the other in a circle.
 */
const NEXT_LOCK_MS = 10;

interface Unit {
  readonly work: (store: Store) => Promise<unknown>;
  readonly since: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit on one connection, as with SQLite: the units that came in while the last transaction was under way run one
 * after another, each in a savepoint of its own, and are committed together, so that they wait for one flush of the
 * server's log.
 */
export class PostgresUnitOfWork implements UnitOfWork {
  readonly #writer: Writer;
  readonly #store: Store;
  #waiting: Unit[] = [];
  #draining: Promise<void> | undefined;
  #isClosed = false;

  constructor({ writer, store }: { writer: Writer; store: Store }) {
    this.#writer = writer;
    this.#store = store;
  }

  run<T>(work: (store: Store) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#isClosed || this.#waiting.length >= LONGEST_QUEUE) {
        reject(new DomainError('unavailable', 'The server is busy or about to stop. Try again soon.'));
        return;
      }
      // The queue holds units of every type; each one's resolve takes what its own work returned.
      const unit = { work, since: performance.now(), resolve: (result: unknown) => resolve(result as T), reject };
      this.#waiting.push(unit);
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

  /** Answers the units that have to wait for a lock in a transaction of their own. */
  async #commitTogether(units: readonly Unit[]): Promise<readonly Unit[]> {
    const settle: (() => void)[] = [];
    let transaction: string | undefined;
    try {
      await this.#writer.connect();
      const began = await this.#begin();
      for (const unit of units) {
        if (settle.length < 2)
          this.#send(`set local lock_timeout = ${settle.length === 0 ? FIRST_LOCK_MS : NEXT_LOCK_MS}`);
        const done = await this.#runInSavepoint(unit);
        if (!done) break;
        settle.push(done);
      }
      transaction = began;
      await this.#commit();
    } catch (error) {
      this.#writer.discard();
      // Once the commit was asked for, only the database knows whether it was carried out.
      if (!transaction || !(await wasCommitted(this.#writer, transaction))) {
        for (const unit of units) unit.reject(translatePostgresError(error));
        return [];
      }
    }
    for (const done of settle) done();
    return units.slice(settle.length);
  }

  /** Waited for: without a transaction each of the statements to come would be one of its own. Answers its id. */
  async #begin(): Promise<string> {
    this.#send('begin');
    const { rows } = await this.#writer.client.query<{ id: string }>('select pg_current_xact_id()::text as id');
    const [row] = rows;
    if (!row) throw new Error('The database does not number its transactions.');
    return row.id;
  }

  async #commit(): Promise<void> {
    const { command } = await this.#writer.client.query('commit');
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back at its commit.');
  }

  /** What is to be told to the caller once the batch is committed; undefined when another's lock was in the way. */
  async #runInSavepoint(unit: Unit): Promise<(() => void) | undefined> {
    this.#send('savepoint unit');
    try {
      const result = await unit.work(this.#store);
      this.#send('release unit');
      return () => unit.resolve(result);
    } catch (error) {
      this.#send('rollback to unit');
      if (isContended(error instanceof DomainError ? error.cause : error)) return undefined;
      return () => unit.reject(error);
    }
  }

  /** Without waiting for the answer: if it is an error, the transaction cannot be committed. */
  #send(sql: string): void {
    this.#writer.client.query(sql).catch(() => undefined);
  }
}
