import type { UserId } from '../../../domain/ids.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Removes all sessions of a user, in a unit of work, and answers how many. A job closes what is open with them: the unit may run in a
 * process that is no server, as that of a command.
 */
export async function removeSessions(
  { sessions, jobs }: Pick<Store, 'sessions' | 'jobs'>,
  userId: UserId,
): Promise<number> {
  const removed = await sessions.ofUser(userId);
  for (const { id } of removed) await sessions.remove(id);
  const sessionIds = removed.map(({ id }) => id);
  if (sessionIds.length > 0) await jobs.add({ kind: 'end_sessions', userId, sessionIds }, { delayMs: 0 });
  return removed.length;
}
