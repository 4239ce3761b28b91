import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * Until when the actor is shown as away, in milliseconds since 1970, or undefined.
 * @throws DomainError `unavailable`
 */
export type ViewAway = (actor: Actor) => Promise<number | undefined>;

export function makeViewAway({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): ViewAway {
  return async ({ user }) => {
    const until = await view.users.awayUntil(user.id);
    return until !== undefined && until > clock.now() ? until : undefined;
  };
}
