import type { Store } from '../../application/ports/store.ts';
import type { DecidePost, PostKey } from '../../application/ports/unit-of-work.ts';
import type { Posted } from '../../domain/messages/posting.ts';

interface Waiting {
  /** The time at which the unit was started, by `performance.now()`. */
  readonly since: number;
  readonly reject: (error: unknown) => void;
}

/** A unit of work on the store. */
export interface WorkUnit extends Waiting {
  readonly kind: 'work';
  readonly work: (store: Store) => Promise<unknown>;
  readonly resolve: (result: unknown) => void;
}

/** A post as data. Consecutive posts share their reads and writes. */
export interface PostUnit extends Waiting {
  readonly kind: 'post';
  readonly key: PostKey;
  readonly decide: DecidePost;
  readonly resolve: (posted: Posted) => void;
}

export type Unit = WorkUnit | PostUnit;
