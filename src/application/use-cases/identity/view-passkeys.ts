import type { Passkey, PasskeyChange } from '../../../domain/identity/passkey.ts';
import { isConfirmed } from '../../../domain/identity/two-step.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';

export interface OwnPasskeys {
  /** Oldest first. */
  readonly passkeys: readonly Passkey[];
  /** What was added or removed last; undefined where nothing ever was. */
  readonly lastChange: PasskeyChange | undefined;
  /** The actor may change them without confirming who they are. */
  readonly isConfirmed: boolean;
}

/** The actor's passkeys. */
export type ViewPasskeys = (actor: Actor) => Promise<OwnPasskeys>;

export function makeViewPasskeys({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): ViewPasskeys {
  return async ({ user, credential }) => {
    const session = (await view.sessions.find(credential.id))?.session;
    return {
      passkeys: await view.passkeys.ofUser(user.id),
      lastChange: await view.passkeys.lastChange(user.id),
      isConfirmed: session !== undefined && isConfirmed(session, clock.now()),
    };
  };
}
