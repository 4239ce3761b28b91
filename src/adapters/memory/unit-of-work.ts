import type { Store } from '../../application/ports/store.ts';
import type { UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Tables } from './tables.ts';

export interface MemoryUnitOfWork extends UnitOfWork {
  /** How many units were committed. */
  readonly commits: number;
  /** @throws DomainError `unavailable` when it was closed */
  assertOpen(): void;
  /** Refuses new units and resolves when those that were started have ended. */
  close(): Promise<void>;
}

/** Runs one unit at a time, in the order of their starting. */
export function makeMemoryUnitOfWork(tables: Tables, store: Store): MemoryUnitOfWork {
  let closed = false;
  let commits = 0;
  let lastEnded: Promise<unknown> = Promise.resolve();

  async function runNow<T>(work: (store: Store) => Promise<T>): Promise<T> {
    try {
      const result = await work(store);
      for (const table of Object.values(tables)) table.commit();
      commits += 1;
      return result;
    } catch (error) {
      for (const table of Object.values(tables)) table.rollback();
      throw error;
    }
  }

  function assertOpen(): void {
    if (closed) throw new DomainError('unavailable', 'The storage is closed.');
  }

  return {
    assertOpen,

    get commits() {
      return commits;
    },

    async run(work) {
      assertOpen();
      const unit = lastEnded.then(() => runNow(work));
      lastEnded = unit.catch(() => undefined);
      return unit;
    },

    async close() {
      closed = true;
      await lastEnded;
    },
  };
}
