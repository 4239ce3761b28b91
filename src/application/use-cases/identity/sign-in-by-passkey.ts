import { wrongPasskey } from '../../../domain/identity/passkey.ts';
import { type PasskeyUse, type PasskeyUseDeps, PasskeyUses } from './passkey-uses.ts';
import { type SignedIn, type SignInDeps, type SignInPlace, SignIns } from './sign-ins.ts';

export interface PasskeySignIn extends SignInPlace, PasskeyUse {
  /** `BegunPasskeySignIn.ticket`; undefined where the browser kept none. */
  readonly ticket: string | undefined;
}

/**
 * Begins a session by a passkey. It verified its user, so that it stands for the password and for the second step.
 * @throws DomainError `wrong_passkey`, the same for whatever is not right; `too_many_requests`
 */
export type SignInByPasskey = (signIn: PasskeySignIn) => Promise<SignedIn>;

export function makeSignInByPasskey(deps: SignInDeps & PasskeyUseDeps): SignInByPasskey {
  const { view, secrets } = deps;
  const [uses, signIns] = [new PasskeyUses(deps), new SignIns(deps)];

  return ({ answer, site, ticket, ...from }) => {
    // A digest is not empty: without a ticket nobody is the holder.
    const holder = ticket === undefined ? '' : secrets.digest(ticket);
    const use = { answer, site, address: from.address };
    return uses.counted(use, { purpose: 'sign_in', holder }, async ({ passkey, store }) => {
      const account = await view.users.credentialsById(passkey.userId);
      const signedIn = account && (await signIns.begin(account, from, { permit: store }));
      if (!signedIn) throw wrongPasskey();
      return signedIn;
    });
  };
}
