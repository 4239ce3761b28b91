import type { Session } from '../../domain/identity/session.ts';
import type { User } from '../../domain/identity/user.ts';
import type { SessionId, UserId } from '../../domain/ids.ts';

export interface SessionsView {
  /** The session with its user, expired or not (the caller decides), or undefined. */
  find(id: SessionId): Promise<{ readonly session: Session; readonly user: User } | undefined>;
}

export interface Sessions extends SessionsView {
  /** The id must be new. */
  add(session: Session): Promise<void>;
  /** Writes `seenAt`; an unknown id changes nothing. */
  see(id: SessionId, seenAt: number): Promise<void>;
  /** The removed session, or undefined when there was none. */
  remove(id: SessionId): Promise<Session | undefined>;
  /** A user's sessions, oldest first by `createdAt`. */
  ofUser(userId: UserId): Promise<readonly Session[]>;
  /** Removes those that were created, or last seen, at or before these moments (ms), and answers them in any order. */
  removeStale(until: { readonly createdAt: number; readonly seenAt: number }): Promise<readonly Session[]>;
}
