import { type Session, sessionExpiry } from '../../../domain/identity/session.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';

export interface ListedSession extends Session {
  /** It is the one of the request. */
  readonly isCurrent: boolean;
}

/** The actor's sessions that have not expired: the current one first, then the others, the newest first: a sign-in by somebody else stands out. */
export type ViewSessions = (actor: Actor) => Promise<readonly ListedSession[]>;

export function makeViewSessions({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): ViewSessions {
  return async ({ user, credential }) => {
    const now = clock.now();
    const sessions = (await view.sessions.ofUser(user.id)).filter((session) => now < sessionExpiry(session));
    return sessions
      .map((session) => ({ ...session, isCurrent: session.id === credential.id }))
      .toSorted(
        (a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.createdAt - a.createdAt || b.seenAt - a.seenAt,
      );
  };
}
