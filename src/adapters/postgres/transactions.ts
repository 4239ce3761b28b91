import type { Store } from '../../application/ports/store.ts';
import { DomainError } from '../../domain/errors.ts';
import { isContended, isOutdated, isTwin } from './errors.ts';
import type { Posting } from './posting.ts';
import { type Carried, inTurn, type Unit } from './units.ts';
import type { Writer } from './writer.ts';

/** To a transaction that lasts so long nothing is added: where the database is slow, fewer units share a commit. */
const LONG_MS = 500;
/**
 * For another's lock only the first of a transaction wait longer: what the units before them hold, somebody else may be
 * waiting for. They go into a transaction of their own instead, so that of two instances that gather units for the same
 * chats none waits for the other in a circle.
 */
const NEXT_LOCK_MS = 10;

/** What happens within the writer's transaction, once it is begun. */
export class Transactions {
  readonly #writer: Writer;
  readonly #store: Store;
  readonly #posting: Posting;
  /** Units that are tried a second time, since another instance stored the same post. */
  readonly #triedAgain = new WeakSet<Unit>();

  constructor(deps: { readonly writer: Writer; readonly store: Store; readonly posting: Posting }) {
    this.#writer = deps.writer;
    this.#store = deps.store;
    this.#posting = deps.posting;
  }

  /** Units of one kind. With nothing to settle there is nothing to commit. Throws when the connection is of no more use. */
  run(units: readonly Unit[]): Promise<Carried> {
    return units[0]?.within === undefined ? this.#runOneAfterAnother(units) : this.#runSideBySide(units);
  }

  /** All of them or none. */
  async #runSideBySide(units: readonly Unit[]): Promise<Carried> {
    this.#posting.begin();
    const working = units.map(async ({ work }) => work(this.#posting.store));
    this.#posting.hold(new Set(units.flatMap(({ within }) => within ?? [])));
    const results = await Promise.allSettled(working);
    await this.#writer.begun;
    const settle: (() => void)[] = [];
    const left: Unit[] = [];
    for (const [index, unit] of units.entries()) {
      const result = results[index];
      if (result?.status === 'fulfilled') {
        settle.push(() => unit.resolve(result.value));
        left.push(unit);
      } else if (isOutdated(causeOf(result?.reason))) throw result?.reason;
      else if (isRefusal(result?.reason)) unit.reject(result?.reason);
      else left.push(inTurn(unit));
    }
    if (settle.length === units.length) return { settle, left: [] };
    return { settle: [], left };
  }

  /** Each in a savepoint of its own, up to the one that has to wait for a lock in a transaction of its own. */
  async #runOneAfterAnother(units: readonly Unit[]): Promise<Carried> {
    const begun = performance.now();
    const settle: (() => void)[] = [];
    for (const unit of units) {
      if (settle.length > 0 && performance.now() - begun > LONG_MS) break;
      if (settle.length > 0) this.#writer.send(`set local lock_timeout = ${NEXT_LOCK_MS}`);
      this.#writer.send('savepoint unit');
      const done = await this.#runInSavepoint(unit);
      if (!done) break;
      settle.push(done);
    }
    return { settle, left: units.slice(settle.length) };
  }

  /** What is to be told to the caller once the batch is committed; undefined when another was in the way. */
  async #runInSavepoint(unit: Unit): Promise<(() => void) | undefined> {
    try {
      const result = await unit.work(this.#store);
      this.#writer.send('release unit');
      return () => unit.resolve(result);
    } catch (error) {
      await this.#writer.begun;
      const cause = causeOf(error);
      if (isOutdated(cause)) throw error;
      this.#writer.send('rollback to unit');
      if (isContended(cause) || (isTwin(cause) && this.#isFirstTry(unit))) return undefined;
      return () => unit.reject(error);
    }
  }

  #isFirstTry(unit: Unit): boolean {
    const isFirst = !this.#triedAgain.has(unit);
    this.#triedAgain.add(unit);
    return isFirst;
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof DomainError ? error.cause : error;
}

/** Decided by what is stored, and not for a trouble of the storage. */
function isRefusal(error: unknown): boolean {
  return error instanceof DomainError && error.cause === undefined;
}
