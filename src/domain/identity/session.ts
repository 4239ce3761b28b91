import type { SessionId, UserId } from '../ids.ts';

/** Times are milliseconds since 1970, as everywhere in the core. */
export interface Session {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly createdAt: number;
  readonly seenAt: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const IDLE = 7 * DAY;
const ABSOLUTE = 30 * DAY;

/** A sign-in past this many ends the user's oldest session. */
export const SESSIONS_PER_USER = 20;

/** The session is good before this moment: 7 days after it was last seen, 30 after it began. */
export function sessionExpiry(session: Pick<Session, 'createdAt' | 'seenAt'>): number {
  return Math.min(session.seenAt + IDLE, session.createdAt + ABSOLUTE);
}

/** Being seen is written down once an hour, so that reading a page is not a write. */
export function isDueToBeSeen(session: Session, now: number): boolean {
  return now - session.seenAt >= HOUR;
}

/**
 * Posting on an open socket is written down once a day. Not once an hour: a page renews its cookie by the hourly request that
 * writes the session down, and would find that already done.
 */
export function isDueToBeSeenOnSocket(seenAt: number, now: number): boolean {
  return now - seenAt >= DAY;
}

/** Sessions created, or last seen, at or before these moments have expired. */
export function staleSessions(now: number): Pick<Session, 'createdAt' | 'seenAt'> {
  return { createdAt: now - ABSOLUTE, seenAt: now - IDLE };
}
