import { unknownLink } from '../../../domain/identity/one-time-link.ts';
import type { StoreView } from '../../ports/store.ts';
import { findLiveLink, type LinkDeps, type LiveLink, useUpLink } from './live-link.ts';
import { type SignedIn, type SignInDeps, type SignInPlace, SignIns } from './sign-ins.ts';

export interface UsedLink extends SignInPlace {
  /** The link's secret. */
  readonly token: string;
}

/**
 * Uses up a link of somebody who is signed in elsewhere, and signs them in here. It stands for the password and for the code.
 * @throws DomainError `not_found` as `view-sign-in-link` does
 */
export type UseSignInLink = (used: UsedLink) => Promise<SignedIn>;

export function makeUseSignInLink(deps: SignInDeps & { readonly view: StoreView }): UseSignInLink {
  const { view, clock, secrets } = deps;
  const signIns = new SignIns(deps);

  return async ({ token, ...from }) => {
    const { user } = await findLiveLink(deps, 'sign_in', token);
    const account = await view.users.credentialsById(user.id);
    const signedIn =
      account &&
      (await signIns.begin(account, from, {
        permit: (store) => useUpLink(store, { kind: 'sign_in', token, secrets, now: clock.now() }),
      }));
    if (!signedIn) throw unknownLink('sign_in');
    return signedIn;
  };
}

/**
 * Whom the link signs in. The token is the permission. Looking does not use the link up.
 * @throws DomainError `not_found` for a link that is expired or used, and for one of a deactivated account, as for an unknown one
 */
export type ViewSignInLink = (token: string) => Promise<LiveLink>;

export function makeViewSignInLink(deps: LinkDeps): ViewSignInLink {
  return (token) => findLiveLink(deps, 'sign_in', token);
}
