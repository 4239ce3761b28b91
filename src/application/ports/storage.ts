import type { StoreView } from './store.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** What every storage adapter opens. */
export interface Storage {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  /** Waits for the units that have begun; those that come later are refused as `unavailable`. */
  close(): Promise<void>;
}
