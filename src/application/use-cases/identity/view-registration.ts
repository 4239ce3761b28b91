import { inviteId, isLive } from '../../../domain/chats/invite.ts';
import type { Registration } from '../../../domain/identity/registration.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * Who may register now. `first`: whoever comes first, and becomes the administrator; `invited`: the visitor, by the invite that they came
 * with; the others as in `Registration`.
 */
export type RegistrationState = Registration | 'first' | 'invited';

/** @param invite the code of the invite that the visitor came with. It tells nothing of which names exist. */
export type ViewRegistration = (invite: string | undefined) => Promise<RegistrationState>;

export function makeViewRegistration(deps: {
  readonly view: StoreView;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly registration: Registration;
}): ViewRegistration {
  const { view, clock, secrets, registration } = deps;
  return async (invite) => {
    if (!(await view.administration.hasPeople())) return 'first';
    if (registration !== 'invite' || invite === undefined) return registration;
    const found = await view.invites.find(inviteId(secrets.digest(invite)));
    return found !== undefined && isLive(found, clock.now()) ? 'invited' : 'invite';
  };
}
