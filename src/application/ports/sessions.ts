import type { Session } from '../../domain/identity/session.ts';
import type { User } from '../../domain/identity/user.ts';
import type { SessionId, UserId } from '../../domain/ids.ts';

export interface FoundSession {
  readonly session: Session;
  readonly user: User;
  /** Left out for all others. */
  readonly isAdministrator?: true;
}

export interface SessionsView {
  /** The session, expired or not, and its user; or undefined. */
  find(id: SessionId): Promise<FoundSession | undefined>;
  /** The user's sessions, by `createdAt`, oldest first. */
  ofUser(userId: UserId): Promise<readonly Session[]>;
}

export interface Sessions extends SessionsView {
  /** The id must be new. */
  add(session: Session): Promise<void>;
  /** Sets `seenAt` (ms). An unknown id changes nothing. */
  see(id: SessionId, seenAt: number): Promise<void>;
  /** Sets `confirmedAt` (ms). An unknown id changes nothing. */
  confirm(id: SessionId, confirmedAt: number): Promise<void>;
  /** The removed session, or undefined when there was none. */
  remove(id: SessionId): Promise<Session | undefined>;
  /** Removes the sessions that were created, or last used, at or before these moments (ms), and answers them in any order. */
  removeStale(until: { readonly createdAt: number; readonly seenAt: number }): Promise<readonly Session[]>;
}
