import {
  assertLive,
  type LinkKind,
  linkId,
  newLink,
  type OneTimeLink,
  unknownLink,
} from '../../../domain/identity/one-time-link.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Store, StoreView } from '../../ports/store.ts';

export interface LiveLink {
  /** Whom the link stands for. */
  readonly user: User;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface LinkDeps {
  readonly view: StoreView;
  readonly clock: Clock;
  readonly secrets: Secrets;
}

export interface CreatedLink {
  /** The link's secret, which is stored nowhere. */
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A new link, for the unit of work to store, and its secret. */
export function createLink(
  { clock, secrets }: Pick<LinkDeps, 'clock' | 'secrets'>,
  link: Pick<OneTimeLink, 'kind' | 'userId'>,
): { readonly token: string; readonly link: OneTimeLink } {
  const token = secrets.token();
  return { token, link: newLink({ id: linkId(secrets.digest(token)), ...link }, clock.now()) };
}

/**
 * Looks a link up, which does not use it up. The token is the permission.
 * @throws DomainError `not_found` for a link that is expired or used, and for one of a deactivated account, as for an unknown one
 */
export async function findLiveLink(
  { view, clock, secrets }: LinkDeps,
  kind: LinkKind,
  token: string,
): Promise<LiveLink> {
  const link = await view.oneTimeLinks.find(linkId(secrets.digest(token)));
  assertLive(link, { kind, now: clock.now() });
  const standing = await view.administration.standing(link.userId);
  if (!standing || standing.deactivatedAt !== null) throw unknownLink(kind);
  return { user: standing.user, expiresAt: link.expiresAt };
}

interface LinkUse {
  readonly kind: LinkKind;
  readonly token: string;
  readonly secrets: Secrets;
  readonly now: number;
}

/**
 * Uses a link up, in the unit of what it allows. Of two at the same time one succeeds.
 * @throws DomainError `not_found` as `findLiveLink` does
 */
export async function useUpLink(
  { administration, oneTimeLinks }: Pick<Store, 'administration' | 'oneTimeLinks'>,
  { kind, token, secrets, now }: LinkUse,
): Promise<void> {
  const id = linkId(secrets.digest(token));
  const link = await oneTimeLinks.find(id);
  assertLive(link, { kind, now });
  // Locks the account: a concurrent deactivation removes the link, or finds what this unit made.
  const standing = await administration.standing(link.userId);
  if (!standing || standing.deactivatedAt !== null || !(await oneTimeLinks.remove(id))) throw unknownLink(kind);
}
