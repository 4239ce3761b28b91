import type { Store } from '../../application/ports/store.ts';
import { DomainError } from '../../domain/errors.ts';
import type { PostUnit, Unit } from '../kysely/units.ts';
import { isContended, isOutdated, translatePostgresError } from './errors.ts';
import type { Decision, Posts } from './posts.ts';
import type { Writer } from './writer.ts';

/** Nothing is added to a transaction that has lasted this long: where the database is slow, fewer units share a commit. */
const LONG_MS = 500;
/**
 * How long any but the first unit of a transaction waits for a lock: somebody else may be waiting for what the units before it
 * hold. It goes into a transaction of its own instead, so that two instances that batch units for the same chats never wait for
 * each other in a circle.
 */
const NEXT_LOCK_MS = 10;

/** What a transaction has done, and is yet to be committed. */
export interface Carried {
  /** To be called once it is. */
  readonly settle: readonly (() => void)[];
  /** Units of which it holds nothing, and which go into one of the next. */
  readonly left: readonly Unit[];
}

/** What happens within the writer's transaction, once it is begun. */
export class Transactions {
  readonly #writer: Writer;
  readonly #store: Store;
  readonly #posts: Posts;
  /** Posts that are carried out alone, since one of those beside them failed. */
  readonly #isolated = new WeakSet<Unit>();

  constructor(deps: { readonly writer: Writer; readonly store: Store; readonly posts: Posts }) {
    this.#writer = deps.writer;
    this.#store = deps.store;
    this.#posts = deps.posts;
  }

  /** Each of these units gets a savepoint, and so an outcome of its own, when it is run again. */
  isolate(units: readonly Unit[]): void {
    for (const unit of units) this.#isolated.add(unit);
  }

  /** Runs the first units, as many as one transaction takes. Throws when the connection is of no more use. */
  async run(units: readonly Unit[]): Promise<Carried> {
    const posts = this.#firstPosts(units);
    if (posts.length === 0) return this.#runOneAfterAnother(units);
    const settle = await this.#runPosts(posts);
    if (settle) return { settle, left: units.slice(posts.length) };
    this.isolate(posts);
    return { settle: [], left: units };
  }

  #firstPosts(units: readonly Unit[]): readonly PostUnit[] {
    const posts: PostUnit[] = [];
    for (const unit of units) {
      if (unit.kind !== 'post' || this.#isolated.has(unit)) break;
      posts.push(unit);
    }
    return posts;
  }

  /** Undefined when reading failed for one of them. */
  async #runPosts(posts: readonly PostUnit[]): Promise<readonly (() => void)[] | undefined> {
    try {
      const decisions = await this.#posts.decide(posts);
      return posts.map((unit, index) => settlePost(unit, decisions[index]));
    } catch (error) {
      // When the transaction was not begun, this tells why.
      await this.#writer.begun;
      if (isOutdated(causeOf(error))) throw error;
      return undefined;
    }
  }

  /** Each in a savepoint of its own, up to the one that has to wait for a lock in a transaction of its own. */
  async #runOneAfterAnother(units: readonly Unit[]): Promise<Carried> {
    const begun = performance.now();
    const settle: (() => void)[] = [];
    for (const unit of units) {
      if (settle.length > 0 && performance.now() - begun > LONG_MS) break;
      // Posts that need no isolation are faster together, in the next transaction.
      if (unit.kind === 'post' && !this.#isolated.has(unit)) break;
      if (settle.length > 0) this.#writer.send(`set local lock_timeout = ${NEXT_LOCK_MS}`);
      this.#writer.send('savepoint unit');
      const done = await this.#runInSavepoint(unit);
      if (!done) break;
      settle.push(done);
    }
    return { settle, left: units.slice(settle.length) };
  }

  /** What is to be told to the caller once the transaction is committed; undefined when another was in the way. */
  async #runInSavepoint(unit: Unit): Promise<(() => void) | undefined> {
    try {
      const done = await this.#carryOut(unit);
      this.#writer.send('release unit');
      return done;
    } catch (error) {
      await this.#writer.begun;
      const cause = causeOf(error);
      if (isOutdated(cause)) throw error;
      this.#writer.send('rollback to unit');
      if (isContended(cause)) return undefined;
      return () => unit.reject(unit.kind === 'post' ? translatePostgresError(error) : error);
    }
  }

  async #carryOut(unit: Unit): Promise<() => void> {
    if (unit.kind === 'post') {
      const [decision] = await this.#posts.decide([unit]);
      // Behind what the post writes: this waits for it, and fails when it does.
      await this.#writer.ask('select 1');
      return settlePost(unit, decision);
    }
    const result = await unit.work(this.#store);
    return () => unit.resolve(result);
  }
}

function settlePost(unit: PostUnit, decision: Decision | undefined): () => void {
  if (!decision) throw new Error('A post was not decided.');
  return 'posted' in decision ? () => unit.resolve(decision.posted) : () => unit.reject(decision.refusal);
}

function causeOf(error: unknown): unknown {
  return error instanceof DomainError ? error.cause : error;
}
