import { SESSIONS_PER_USER, sessionExpiry, sessionHandle } from '../../../domain/identity/session.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { confirmedUser } from './own-two-step.ts';
import { settleAccount } from './settle-account.ts';

/** Of what `ViewRecovery` shows; what is unknown by now is passed over. */
export interface Kept {
  /** Ids. */
  readonly passkeys: readonly string[];
  /** Handles. */
  readonly sessions: readonly string[];
}

export interface SettledRecovery {
  /** How many of each were kept. */
  readonly passkeys: number;
  readonly sessions: number;
}

/**
 * Ends the hold of a recovery: these passkeys and sessions are good again, and the others are gone.
 * @throws DomainError `confirmation_needed`
 */
export type SettleRecovery = (actor: Actor, kept: Kept) => Promise<SettledRecovery>;

export function makeSettleRecovery(deps: { readonly unitOfWork: UnitOfWork; readonly clock: Clock }): SettleRecovery {
  const { unitOfWork, clock } = deps;

  return (actor, kept) =>
    unitOfWork.run(async (store) => {
      const user = await confirmedUser(store, actor, clock);
      await settleAccount(store, user);
      const now = clock.now();
      return {
        passkeys: await settlePasskeys(store, { userId: user.id, ids: kept.passkeys, now }),
        sessions: await settleSessions(store, { userId: user.id, handles: kept.sessions, now }),
      };
    });
}

interface Of {
  readonly userId: Actor['user']['id'];
  readonly now: number;
}

async function settlePasskeys({ passkeys }: Store, { userId, ids, now }: Of & { readonly ids: readonly string[] }) {
  const held = (await passkeys.ofUser(userId)).filter(({ heldAt }) => heldAt !== null);
  const unkept = held.filter(({ id }) => !ids.includes(id));
  for (const { id, name } of unkept) {
    await passkeys.remove(userId, id);
    await passkeys.noteChange(userId, { kind: 'removed', name, at: now });
  }
  await passkeys.setHeld(userId, null);
  return held.length - unkept.length;
}

async function settleSessions(
  { sessions, heldSessions }: Store,
  { userId, handles, now }: Of & { readonly handles: readonly string[] },
) {
  const room = SESSIONS_PER_USER - (await sessions.ofUser(userId)).length;
  const kept = (await heldSessions.removeOf(userId))
    .filter((held) => now < held.heldUntil && now < sessionExpiry(held) && handles.includes(sessionHandle(held)))
    .sort((a, b) => b.seenAt - a.seenAt)
    .slice(0, Math.max(0, room));
  for (const { heldUntil: _, ...session } of kept) await sessions.add(session);
  return kept.length;
}
