import {
  assertConfirmed,
  RECOVERY_BYTES,
  RECOVERY_CODES,
  shownRecoveryCode,
} from '../../../domain/identity/two-step.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Store } from '../../ports/store.ts';

/**
 * The actor's user, for a unit that changes how the account is signed in to.
 * @throws DomainError `confirmation_needed`
 */
export async function confirmedUser(
  { sessions }: Pick<Store, 'sessions'>,
  { user, credential }: Actor,
  clock: Clock,
): Promise<User> {
  assertConfirmed((await sessions.find(credential.id))?.session, clock.now());
  return user;
}

/** Stores new recovery codes in place of all others, and answers them as people read them. */
export async function newRecoveryCodes(
  { twoStep }: Pick<Store, 'twoStep'>,
  { id }: User,
  secrets: Secrets,
): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => secrets.base32(RECOVERY_BYTES));
  await twoStep.setRecovery(
    id,
    codes.map((code) => secrets.digest(code)),
  );
  return codes.map(shownRecoveryCode);
}
