import type { Session } from '../../../domain/identity/session.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Sessions } from '../../ports/sessions.ts';

/** Removes all sessions of the actor but the current one, and answers them. */
export async function removeOthers(
  sessions: Pick<Sessions, 'ofUser' | 'remove'>,
  { user, credential }: Actor,
): Promise<readonly Session[]> {
  const others = (await sessions.ofUser(user.id)).filter(({ id }) => id !== credential.id);
  for (const { id } of others) await sessions.remove(id);
  return others;
}

/** Closes all connections of sessions that were removed. Call it after the commit. */
export function sayEnded(broadcast: Broadcast, ended: readonly Pick<Session, 'id' | 'userId'>[]): void {
  for (const { id, userId } of ended) {
    broadcast.publishToUser(userId, { type: 'session_ended', userId, sessionId: id });
  }
}
