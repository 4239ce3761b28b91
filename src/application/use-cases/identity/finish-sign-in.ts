import { DomainError } from '../../../domain/errors.ts';
import type { StoreView } from '../../ports/store.ts';
import { SignInTickets } from './sign-in-tickets.ts';
import { type SignedIn, type SignInDeps, type SignInPlace, SignIns } from './sign-ins.ts';

export interface SecondStepTaken extends SignInPlace {
  /** `CodeNeeded.ticket`. */
  readonly ticket: string;
  readonly code: string;
}

/**
 * Begins the session of somebody whose password was right, by a code of their app or a recovery code.
 * @throws DomainError `wrong_code`, `too_many_requests`; `wrong_credentials` when the ticket is over: the password has to be given again
 */
export type FinishSignIn = (taken: SecondStepTaken) => Promise<SignedIn>;

export function makeFinishSignIn(deps: SignInDeps & { readonly view: StoreView }): FinishSignIn {
  const [signIns, tickets] = [new SignIns(deps), new SignInTickets(deps)];

  return async ({ ticket, ...from }) => {
    const account = await tickets.accountOf(ticket, deps.view);
    const signedIn = account && (await signIns.begin(account, from));
    if (!signedIn) throw new DomainError('wrong_credentials', 'That took too long. Sign in again.');
    return signedIn;
  };
}
