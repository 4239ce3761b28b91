import type { HeldSession } from '../../domain/identity/held-session.ts';
import type { UserId } from '../../domain/ids.ts';

export interface HeldSessionsView {
  /** The user's held sessions, also those whose time is over, by `createdAt`, oldest first. */
  ofUser(userId: UserId): Promise<readonly HeldSession[]>;
}

/** Sessions that were ended by a recovery of their account, and can be taken back by its owner for a time. */
export interface HeldSessions extends HeldSessionsView {
  /** In place of an earlier row of the same id. The user must exist. */
  put(held: HeldSession): Promise<void>;
  /** Removes the user's held sessions and answers them, in any order. */
  removeOf(userId: UserId): Promise<readonly HeldSession[]>;
  /** Removes those whose time was over at `until` (ms), and answers how many there were. */
  removeExpired(until: number): Promise<number>;
}
