import type { ChatId } from '../../domain/ids.ts';
import type { Store } from './store.ts';

export interface UnitOfWork {
  /**
   * Runs `work` and commits what it wrote; resolves with its result once that is durable. When `work` throws, nothing of
   * it is kept and `run` rejects with what it threw. Units do not see each other's uncommitted writes, and those that are
   * started one after another commit in that order.
   *
   * `work` awaits nothing but the store, catches nothing that it throws, and does nothing that cannot be undone: hash before,
   * publish after.
   *
   * One that is `within` a chat may be carried out step by step beside others that are within one. It writes to no other
   * chat, and takes the same steps as they do. What they write it does not see; where that makes it break a constraint, it is
   * carried out anew, after them.
   * @throws DomainError `unavailable` when the storage is full, locked or gone: nothing was kept, trying later may help
   */
  run<T>(work: (store: Store) => Promise<T>, within?: ChatId): Promise<T>;
}
