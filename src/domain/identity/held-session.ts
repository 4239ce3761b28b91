import type { Session } from './session.ts';

/** A session that was ended by a recovery, and that its owner may take back. */
export interface HeldSession extends Omit<Session, 'confirmedAt'> {
  /** Until when (ms). */
  readonly heldUntil: number;
}

/** After a recovery the person is asked what to keep. What nobody answers for stays ended. */
export const HELD_FOR_MS = 24 * 3_600_000;
