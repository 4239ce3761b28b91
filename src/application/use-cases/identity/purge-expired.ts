import { staleSessions } from '../../../domain/identity/session.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/**
 * Removes the sessions and invites whose time is over, and answers how many; what is open under such a session closes. Run
 * it at least once an hour.
 */
export type PurgeExpired = () => Promise<{ readonly sessions: number; readonly invites: number }>;

export function makePurgeExpired(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): PurgeExpired {
  const { unitOfWork, broadcast, clock } = deps;

  return async () => {
    const now = clock.now();
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
