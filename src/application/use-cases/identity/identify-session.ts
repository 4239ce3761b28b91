import { sessionCredential } from '../../../domain/identity/credential.ts';
import { isDueToBeSeen, sessionExpiry } from '../../../domain/identity/session.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { recordUse, sessionIdOf } from './credential-status.ts';

export interface IdentifiedSession {
  readonly actor: Actor;
  /** This visit prolonged the session, so the cookie should be prolonged too. */
  readonly prolonged: boolean;
}

/** The user of the session with this token; undefined when the session was ended, has expired or never existed. */
export type IdentifySession = (token: string) => Promise<IdentifiedSession | undefined>;

export function makeIdentifySession(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): IdentifySession {
  const { unitOfWork, view, clock, secrets } = deps;

  return async (token) => {
    const found = await view.sessions.find(sessionIdOf(secrets, token));
    const now = clock.now();
    if (!found || now >= sessionExpiry(found.session)) return undefined;
    const { session, user, isAdministrator } = found;
    const credential = sessionCredential(session.id);
    const prolonged = isDueToBeSeen(session, now) && (await recordUse(unitOfWork, credential, now));
    return { actor: { user, credential, ...(isAdministrator && { isAdministrator }) }, prolonged };
  };
}
