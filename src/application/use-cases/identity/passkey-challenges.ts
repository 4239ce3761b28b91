import {
  CHALLENGE_VALID_MS,
  type ChallengePurpose,
  challengeId,
  isAnswerable,
} from '../../../domain/identity/passkey-challenge.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PasskeyAnswer, PasskeyVerifier } from '../../ports/passkey-verifier.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

export interface PasskeyChallengeDeps {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly secrets: Secrets;
}

interface Asked {
  readonly purpose: ChallengePurpose;
  /** As in `PasskeyChallenge`. */
  readonly holder: string;
}

/** Stores a new challenge, and answers it. */
export async function issueChallenge(
  { passkeys }: Pick<Store, 'passkeys'>,
  { clock, secrets }: Pick<PasskeyChallengeDeps, 'clock' | 'secrets'>,
  asked: Asked,
): Promise<string> {
  const challenge = secrets.token();
  const id = challengeId(secrets.digest(challenge));
  await passkeys.addChallenge({ id, ...asked, expiresAt: clock.now() + CHALLENGE_VALID_MS });
  return challenge;
}

/**
 * The challenge that the answer claims to be for, if it was given to this holder and still holds; else undefined. It is used up by that,
 * whatever the rest of the answer is like.
 */
export async function takeChallenge(
  { unitOfWork, clock, secrets, passkeyVerifier }: PasskeyChallengeDeps & { readonly passkeyVerifier: PasskeyVerifier },
  answer: PasskeyAnswer,
  asked: Asked,
): Promise<string | undefined> {
  const challenge = passkeyVerifier.challengeOf(answer);
  if (challenge === undefined) return undefined;
  const id = challengeId(secrets.digest(challenge));
  const taken = await unitOfWork.run(({ passkeys }) => passkeys.takeChallenge(id));
  return isAnswerable(taken, { ...asked, now: clock.now() }) ? challenge : undefined;
}
