import { staleSessions } from '../../../domain/identity/session.ts';
import { ANNOUNCEMENTS_KEPT_MS } from '../../../domain/push/announcement.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { sayEnded } from './end-sessions.ts';
import { SettledClock } from './settled-clock.ts';

/** How many of each were removed. */
export interface Purged {
  readonly sessions: number;
  readonly invites: number;
  /** Former usernames, which rested until now. */
  readonly names: number;
}

/**
 * Removes sessions, invites, one-time links, challenges, held sessions and resting names that have been expired for half an hour, and what was announced long ago; closes
 * what is open with these sessions, and answers how many were removed. Run it every few minutes: it compares the readings of the clock at its
 * runs.
 */
export type PurgeExpired = () => Promise<Purged>;

export function makePurgeExpired(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly timer: Timer;
}): PurgeExpired {
  const { unitOfWork, broadcast } = deps;
  const settledClock = new SettledClock(deps);

  return async () => {
    const now = await settledClock.look();
    if (now === undefined) return { sessions: 0, invites: 0, names: 0 };
    const { sessions, invites, names } = await unitOfWork.run(async (store) => ({
      sessions: await store.sessions.removeStale(staleSessions(now)),
      invites: await store.invites.removeExpired(now),
      names: await store.users.removeRested(now),
      oneTimeLinks: await store.oneTimeLinks.removeExpired(now),
      challenges: await store.passkeys.removeExpiredChallenges(now),
      held: await store.heldSessions.removeExpired(now),
    }));
    await removeOldAnnouncements(unitOfWork, now - ANNOUNCEMENTS_KEPT_MS);
    sayEnded(broadcast, sessions);
    return { sessions: sessions.length, invites, names };
  };
}

/** Rows that one unit of work removes, so that posts do not wait long for it. */
const REMOVED_AT_ONCE = 1_000;

async function removeOldAnnouncements(unitOfWork: UnitOfWork, until: number): Promise<void> {
  let removed: number;
  do {
    removed = await unitOfWork.run(({ announcements }) => announcements.removeOld(until, REMOVED_AT_ONCE));
  } while (removed === REMOVED_AT_ONCE);
}
