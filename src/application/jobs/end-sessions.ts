import type { EndSessions } from '../../domain/jobs/job.ts';
import type { Broadcast } from '../ports/broadcast.ts';
import { sayEnded } from '../use-cases/identity/end-sessions.ts';
import type { JobHandler } from './job-handlers.ts';

/** Closes what is open with sessions that were removed, on all instances. */
export function makeEndSessions({ broadcast }: { readonly broadcast: Broadcast }): JobHandler<'end_sessions'> {
  return async ({ userId, sessionIds }: EndSessions) => {
    sayEnded(
      broadcast,
      sessionIds.map((id) => ({ id, userId })),
    );
  };
}
