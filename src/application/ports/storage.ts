import type { Installation } from '../../domain/installation.ts';
import type { StoreView } from './store.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** What every storage adapter opens. */
export interface Storage {
  /** Whose data this is: the same at every process that has the same storage open. */
  readonly installation: Installation;
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  /**
   * Resolves when a unit of work could be committed just now, which it tries by a real write that changes nothing that anybody
   * can read. It answers within two seconds, and remembers no answer: `assert-ready` does.
   * @throws DomainError `unavailable` when the storage is full, locked, gone or closed
   */
  assertWritable(): Promise<void>;
  /**
   * Leaves nothing of what was removed before it was called in the files of the storage, so far as the storage can; where it
   * cannot at once, the adapter says when. Calls that are made together share one pass.
   * @throws DomainError `unavailable` when that was not possible in time: try again later
   */
  scrub(): Promise<void>;
  /** Waits for the units that have begun; those that come later are refused as `unavailable`. */
  close(): Promise<void>;
}
