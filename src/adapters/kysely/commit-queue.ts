import type { Store } from '../../application/ports/store.ts';
import type { DecidePost, PostKey, UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Posted } from '../../domain/messages/posting.ts';
import { CommitPace } from './commit-pace.ts';
import type { Unit } from './units.ts';

/** Maximum units waiting for a commit; one more is refused. */
const MAX_WAITING = 10_000;

export interface CommitQueueOptions {
  /** Maximum units in one commit. */
  readonly maxBatch: number;
  readonly pace: { readonly gatherMs: number; readonly worthWaitingFor: number };
  /** Maximum time in milliseconds until a unit's commit begins. After that the unit is refused. */
  readonly maxWaitMs: number;
  /**
   * Commits as many of the first units as it can, and settles them. Returns the remaining ones in the order in which they are to
   * be committed; they come before all newer units. It never throws.
   */
  readonly commit: (units: readonly Unit[]) => Promise<CommitOutcome>;
}

export interface CommitOutcome {
  readonly left: readonly Unit[];
  /** The number of committed units. */
  readonly committed: number;
  /** The time from which the next commit waits for more units, by `performance.now()`. */
  readonly at: number;
}

/**
 * Group commit. Units that arrive during a commit, or within a few milliseconds under load, share the next commit, and so one
 * sync of the log. On a quiet server a unit is committed at once.
 */
export class CommitQueue implements UnitOfWork {
  readonly #options: CommitQueueOptions;
  readonly #pace: CommitPace;
  #waiting: Unit[] = [];
  #draining: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
    this.#pace = new CommitPace(options.pace);
  }

  run<T>(work: (store: Store) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // The queue contains units of all types. Each `resolve` gets the result of its own work.
      const settle = { resolve: (result: unknown) => resolve(result as T), reject };
      this.#enqueue({ kind: 'work', work, since: performance.now(), ...settle });
    });
  }

  post(key: PostKey, decide: DecidePost): Promise<Posted> {
    return new Promise((resolve, reject) => {
      this.#enqueue({ kind: 'post', key, decide, since: performance.now(), resolve, reject });
    });
  }

  /** Refuses new units, and resolves when the waiting ones are settled. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#draining;
  }

  #enqueue(unit: Unit): void {
    if (this.#isClosed || this.#waiting.length >= MAX_WAITING) {
      unit.reject(new DomainError('unavailable', 'The server is busy or stopping. Try again soon.'));
      return;
    }
    this.#waiting.push(unit);
    this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        await this.#gather();
        this.#refuseLate();
        const units = this.#waiting.splice(0, this.#options.maxBatch);
        if (units.length === 0) continue;
        const { left, committed, at } = await this.#options.commit(units);
        this.#pace.committed(committed, at);
        if (left.length > 0) this.#waiting = [...left, ...this.#waiting];
      }
    } finally {
      this.#draining = undefined;
    }
  }

  async #gather(): Promise<void> {
    const isFull = this.#waiting.length >= this.#options.maxBatch;
    const wait = isFull ? 0 : this.#pace.wait(performance.now());
    if (wait >= 1) await new Promise((resolve) => setTimeout(resolve, wait));
    // At least one turn of the event loop, in which every readable socket adds its units.
    else await new Promise(setImmediate);
  }

  #refuseLate(): void {
    const oldest = performance.now() - this.#options.maxWaitMs;
    // Units wait in the order of their start, so if the first is in time, all are.
    while (this.#waiting[0] && this.#waiting[0].since < oldest) {
      this.#waiting.shift()?.reject(new DomainError('unavailable', 'The database is too slow. Try again soon.'));
    }
  }
}
