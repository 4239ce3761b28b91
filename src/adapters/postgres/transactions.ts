import type { Store } from '../../application/ports/store.ts';
import { DomainError } from '../../domain/errors.ts';
import type { PostUnit, Unit } from '../kysely/units.ts';
import { isContended, isOutdated, translatePostgresError } from './errors.ts';
import type { Decision, Posts } from './posts.ts';
import type { Writer } from './writer.ts';

/** No unit is added to a transaction that has lasted this long: on a slow database fewer units share a commit. */
const LONG_MS = 500;
/**
 * How long a unit waits for a lock when other units of its transaction already hold some. After that it gets its own
 * transaction, so that instances that batch units for the same chats cannot deadlock.
 */
const NEXT_LOCK_MS = 10;

/** The work of a transaction that is not committed yet. */
export interface PendingCommit {
  /** Call these when it is committed. */
  readonly settle: readonly (() => void)[];
  /** Units that it does not contain, for the next transactions. */
  readonly left: readonly Unit[];
}

/** Runs units within the transaction that the writer has begun. */
export class Transactions {
  readonly #writer: Writer;
  readonly #store: Store;
  readonly #posts: Posts;
  /** Posts that run alone because their batch failed. */
  readonly #isolated = new WeakSet<Unit>();

  constructor(deps: { readonly writer: Writer; readonly store: Store; readonly posts: Posts }) {
    this.#writer = deps.writer;
    this.#store = deps.store;
    this.#posts = deps.posts;
  }

  /** When these units run again, each gets its own savepoint, and so its own outcome. */
  isolate(units: readonly Unit[]): void {
    for (const unit of units) this.#isolated.add(unit);
  }

  /** Runs as many of the first units as fit into one transaction. Throws when the connection has become unusable. */
  async run(units: readonly Unit[]): Promise<PendingCommit> {
    const posts = this.#firstPosts(units);
    if (posts.length === 0) return this.#runOneByOne(units);
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
      // Throws the true reason when the transaction could not be begun.
      await this.#writer.begun;
      if (isOutdated(causeOf(error))) throw error;
      return undefined;
    }
  }

  /** Runs units in their own savepoints, up to the first that would wait for a lock. */
  async #runOneByOne(units: readonly Unit[]): Promise<PendingCommit> {
    const begun = performance.now();
    const settle: (() => void)[] = [];
    for (const unit of units) {
      if (settle.length > 0 && performance.now() - begun > LONG_MS) break;
      // Posts that need no isolation are faster as a batch, in the next transaction.
      if (unit.kind === 'post' && !this.#isolated.has(unit)) break;
      if (settle.length > 0) this.#writer.send(`set local lock_timeout = ${NEXT_LOCK_MS}`);
      this.#writer.send('savepoint unit');
      const done = await this.#runInSavepoint(unit);
      if (!done) break;
      settle.push(done);
    }
    return { settle, left: units.slice(settle.length) };
  }

  /** Returns what settles the unit after the commit; undefined when it was blocked by a lock. */
  async #runInSavepoint(unit: Unit): Promise<(() => void) | undefined> {
    try {
      const done = await this.#execute(unit);
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

  async #execute(unit: Unit): Promise<() => void> {
    if (unit.kind === 'post') {
      const [decision] = await this.#posts.decide([unit]);
      // Waits for the writes of the post, and fails when one of them failed.
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
