import { assertResetLive, resetId, unknownResetLink } from '../../../domain/administration/reset-link.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * Whose password the link resets. The token is the permission. Looking does not use the link up.
 * @throws DomainError `not_found` for a link that is expired or used, and for one of a deactivated account, as for an unknown one
 */
export type ViewResetLink = (token: string) => Promise<{ readonly user: User; readonly expiresAt: number }>;

export function makeViewResetLink(deps: {
  readonly view: StoreView;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): ViewResetLink {
  const { view, clock, secrets } = deps;

  return async (token) => {
    const link = await view.resetLinks.find(resetId(secrets.digest(token)));
    assertResetLive(link, clock.now());
    const standing = await view.administration.standing(link.userId);
    if (!standing || standing.deactivatedAt !== null) throw unknownResetLink();
    return { user: standing.user, expiresAt: link.expiresAt };
  };
}
