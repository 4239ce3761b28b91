import { staleSessions } from '../../../domain/identity/session.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { SettledClock } from './settled-clock.ts';

/**
 * Removes sessions and invites that have been expired for half an hour, closes what is open with these sessions, and answers how many
 * were removed. Run it every few minutes: it compares the readings of the clock at its runs.
 */
export type PurgeExpired = () => Promise<{ readonly sessions: number; readonly invites: number }>;

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
    if (now === undefined) return { sessions: 0, invites: 0 };
    const { sessions, invites } = await unitOfWork.run(async (store) => ({
      sessions: await store.sessions.removeStale(staleSessions(now)),
      invites: await store.invites.removeExpired(now),
    }));
    for (const { id, userId } of sessions) {
      broadcast.publishToUser(userId, { type: 'session_ended', userId, sessionId: id });
    }
    return { sessions: sessions.length, invites };
  };
}
