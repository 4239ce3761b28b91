import type { Installation } from '../../domain/installation.ts';
import type { StoreView } from './store.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** A storage that is open. */
export interface Storage {
  /** The same for every process that opens the same storage. */
  readonly installation: Installation;
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  /**
   * Resolves when a unit of work can be committed. It tries a real write that changes nothing that can be read, and answers within two
   * seconds. It caches nothing: `assert-ready` does.
   * @throws DomainError `unavailable` when the storage is full, locked, gone or closed
   */
  assertWritable(): Promise<void>;
  /**
   * Overwrites in the storage's files what was removed before the call, as far as the storage is able to; adapters document the rest.
   * Concurrent calls share one pass.
   * @throws DomainError `unavailable` when it was not possible in time: try again later
   */
  scrub(): Promise<void>;
  /** Waits for the units of work that have begun. Later ones are refused with `unavailable`. */
  close(): Promise<void>;
}
