import type { SessionId, UserId } from '../ids.ts';

/** Times are milliseconds since 1970, as in all of the core. */
export interface Session {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly createdAt: number;
  readonly seenAt: number;
  /** What the browser or program called itself when it signed in, in words for people; may be empty. */
  readonly device: string;
  /** The address that it signed in from, as far as one subscriber has it; may be empty. */
  readonly address: string;
  /** When the person last confirmed who they are; undefined where they only signed in. */
  readonly confirmedAt?: number | undefined;
}

/** Names a session to its user: the beginning of its id, which tells the sessions of one person apart. */
export const sessionHandle = ({ id }: Pick<Session, 'id'>): string => id.slice(0, HANDLE_LENGTH);

const HANDLE_LENGTH = 16;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const IDLE = 7 * DAY;
const ABSOLUTE = 30 * DAY;

/** Maximum sessions of one user. A further sign-in ends the oldest. */
export const SESSIONS_PER_USER = 20;

/** The session is valid before this moment: 7 days after its last recorded use, and 30 days after it began at most. */
export function sessionExpiry(session: Pick<Session, 'createdAt' | 'seenAt'>): number {
  return Math.min(session.seenAt + IDLE, session.createdAt + ABSOLUTE);
}

/** Uses are recorded once an hour, so that reading a page is not a write. */
export function isDueToBeSeen(session: Session, now: number): boolean {
  return now - session.seenAt >= HOUR;
}

/**
 * Use of an open socket is recorded once a day. A page renews its cookie with the hourly request that records a use; if the socket
 * recorded uses hourly too, that request would find nothing to record and would not renew the cookie.
 */
export function isDueToBeSeenOnSocket(seenAt: number, now: number): boolean {
  return now - seenAt >= DAY;
}

/** Sessions that were created, or last used, at or before these moments have expired. */
export function staleSessions(now: number): Pick<Session, 'createdAt' | 'seenAt'> {
  return { createdAt: now - ABSOLUTE, seenAt: now - IDLE };
}
