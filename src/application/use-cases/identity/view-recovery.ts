import type { HeldSession } from '../../../domain/identity/held-session.ts';
import type { Passkey } from '../../../domain/identity/passkey.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';

export interface HeldByRecovery {
  /** They sign in no more, until they are kept. */
  readonly passkeys: readonly Passkey[];
  /** They have ended, and begin again where they are kept. */
  readonly sessions: readonly HeldSession[];
}

/** What a recovery of the actor's account has put on hold, until the actor says what to keep. */
export type ViewRecovery = (actor: Actor) => Promise<HeldByRecovery>;

export function makeViewRecovery({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): ViewRecovery {
  return async ({ user }) => ({
    passkeys: (await view.passkeys.ofUser(user.id)).filter(({ heldAt }) => heldAt !== null),
    sessions: (await view.heldSessions.ofUser(user.id)).filter(({ heldUntil }) => clock.now() < heldUntil),
  });
}
