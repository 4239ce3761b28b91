import { DomainError } from '../../../domain/errors.ts';
import type { Credential } from '../../../domain/identity/credential.ts';
import { sessionExpiry } from '../../../domain/identity/session.ts';
import { type SessionId, sessionId } from '../../../domain/ids.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

export interface CredentialStatus {
  /** The credential is good before this moment (ms). Uses that are recorded may move it. */
  readonly endsAt: number;
  /** The last recorded use (ms). */
  readonly seenAt: number;
}

/** Sessions are stored under the digest of their token, so that a stolen database signs nobody in. */
export const sessionIdOf = (secrets: Secrets, token: string): SessionId => sessionId(secrets.digest(token));

/** Undefined when the credential was ended. The caller compares `endsAt` with the clock. */
export async function readCredential(
  view: Pick<StoreView, 'sessions'>,
  credential: Credential,
): Promise<CredentialStatus | undefined> {
  const found = await view.sessions.find(credential.id);
  return found && { endsAt: sessionExpiry(found.session), seenAt: found.session.seenAt };
}

/** Records that the credential was used. False when the storage accepts no writes: reading goes on without it. */
export async function recordUse(unitOfWork: UnitOfWork, credential: Credential, now: number): Promise<boolean> {
  try {
    await unitOfWork.run((store) => store.sessions.see(credential.id, now));
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unavailable') return false;
    throw error;
  }
}
