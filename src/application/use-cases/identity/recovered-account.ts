import { HELD_FOR_MS } from '../../../domain/identity/held-session.ts';
import type { Session } from '../../../domain/identity/session.ts';
import type { SessionId, UserId } from '../../../domain/ids.ts';
import type { Store } from '../../ports/store.ts';

interface Recovery {
  readonly userId: UserId;
  /** Of the new password. */
  readonly passwordHash: string;
  /** Sessions of the browser in which the account is recovered. */
  readonly presented: readonly SessionId[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Replaces the password of an account that is recovered, in the unit that uses up what allowed it: ends all its sessions and puts its passkeys
 * on hold, since any of them may be of somebody else. The owner is asked what to keep once they are signed in (`settle-recovery`). Answers the
 * sessions that ended.
 */
export async function recoverAccountIn(
  { users, sessions, passkeys, heldSessions }: Store,
  { userId, passwordHash, presented, now }: Recovery,
): Promise<readonly Session[]> {
  await users.settle(userId);
  await users.setPasswordHash(userId, passwordHash);
  await passkeys.setHeld(userId, now);
  const own = (await sessions.ofUser(userId)).map((session) => session.id);
  const ended: Session[] = [];
  for (const id of new Set([...own, ...presented])) {
    const session = await sessions.remove(id);
    if (!session) continue;
    ended.push(session);
    const { confirmedAt: _, ...held } = session;
    if (session.userId === userId && !presented.includes(id))
      await heldSessions.put({ ...held, heldUntil: now + HELD_FOR_MS });
  }
  return ended;
}
