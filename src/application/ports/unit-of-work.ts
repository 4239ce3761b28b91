import type { Store } from './store.ts';

export interface UnitOfWork {
  /**
   * Runs `work` and commits what it wrote; resolves with its result once that is durable. When `work` throws, nothing of
   * it is kept and `run` rejects with what it threw. Units do not see each other's uncommitted writes, and those that are
   * started one after another commit in that order.
   *
   * `work` awaits nothing but the store, and does nothing that cannot be undone: hash before, publish after.
   * @throws DomainError `unavailable` when the storage is full, locked or gone: nothing was kept, trying later may help
   */
  run<T>(work: (store: Store) => Promise<T>): Promise<T>;
}
