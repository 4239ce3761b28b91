import { staleSessions } from '../../../domain/identity/session.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/** Removes the sessions and invites whose time is over; run it about once an hour. */
export type PurgeExpired = () => Promise<{ readonly sessions: number; readonly invites: number }>;

export function makePurgeExpired(deps: { readonly unitOfWork: UnitOfWork; readonly clock: Clock }): PurgeExpired {
  const { unitOfWork, clock } = deps;

  return () => {
    const now = clock.now();
    return unitOfWork.run(async (store) => ({
      sessions: await store.sessions.removeStale(staleSessions(now)),
      invites: await store.invites.removeExpired(now),
    }));
  };
}
