import type { ChatId } from '../../domain/ids.ts';
import type { Store } from './store.ts';

export interface UnitOfWork {
  /**
   * Runs `work` and commits what it wrote; resolves with its result once that is durable. When `work` throws, nothing of
   * it is kept and `run` rejects with what it threw. Units do not see each other's uncommitted writes, and those that are
   * started one after another commit in that order.
   *
   * `work` awaits nothing but the store, and does nothing that cannot be undone: hash before, publish after.
   * One that is `within` a chat may be carried out step by step between others that are within one, and anew when it failed
   * so: it writes to no other chat, takes the same steps as they do, and what they write is nothing that it decides by, or
   * makes it break a constraint.
   * @throws DomainError `unavailable` when the storage is full, locked or gone: nothing was kept, trying later may help
   */
  run<T>(work: (store: Store) => Promise<T>, within?: ChatId): Promise<T>;
}
