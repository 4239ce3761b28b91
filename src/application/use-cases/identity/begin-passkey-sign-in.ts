import type { RateLimits } from '../../ports/rate-limits.ts';
import { tooManyRequests } from '../../within-limit.ts';
import { issueChallenge, type PasskeyChallengeDeps } from './passkey-challenges.ts';

export interface AskedChallenge {
  /** `BegunPasskeySignIn.ticket` of this browser, if it has one. */
  readonly ticket: string | undefined;
  /** Challenges are counted by it. */
  readonly address: string;
}

export interface BegunPasskeySignIn {
  readonly challenge: string;
  /** For the browser to keep, and to present with the answer: nobody else can answer. */
  readonly ticket: string;
}

/**
 * Asks for a passkey of whoever is there. It knows and tells nothing of any account.
 * @throws DomainError `too_many_requests`
 */
export type BeginPasskeySignIn = (asked: AskedChallenge) => Promise<BegunPasskeySignIn>;

export function makeBeginPasskeySignIn(
  deps: PasskeyChallengeDeps & { readonly rateLimits: RateLimits },
): BeginPasskeySignIn {
  const { unitOfWork, secrets, rateLimits } = deps;

  return async ({ ticket = secrets.token(), address }) => {
    const wait = await rateLimits.take('passkey_challenges', address);
    if (wait > 0) throw tooManyRequests('Passkeys were asked for too often from your address.', wait);
    const asked = { purpose: 'sign_in', holder: secrets.digest(ticket) } as const;
    return { ticket, challenge: await unitOfWork.run((store) => issueChallenge(store, deps, asked)) };
  };
}
