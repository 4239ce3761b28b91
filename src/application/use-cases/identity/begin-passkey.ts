import { assertRoomForPasskey, type Passkey } from '../../../domain/identity/passkey.ts';
import type { Actor } from '../../actor.ts';
import { confirmedUser } from './own-two-step.ts';
import { issueChallenge, type PasskeyChallengeDeps } from './passkey-challenges.ts';

export interface BegunPasskey {
  readonly challenge: string;
  /** By which the authenticator is to know the user: random, base64url. */
  readonly handle: string;
  /** Those of the actor, of which an authenticator must not make a second one. */
  readonly known: readonly Passkey[];
}

/**
 * Asks for a new passkey: the answer to the challenge adds it, in this session, within five minutes.
 * @throws DomainError `confirmation_needed`, `too_many_passkeys`
 */
export type BeginPasskey = (actor: Actor) => Promise<BegunPasskey>;

export function makeBeginPasskey(deps: PasskeyChallengeDeps): BeginPasskey {
  const { unitOfWork, clock, secrets } = deps;

  return (actor) =>
    unitOfWork.run(async (store) => {
      const { id } = await confirmedUser(store, actor, clock);
      const known = await store.passkeys.ofUser(id);
      assertRoomForPasskey(known);
      const handle = await store.passkeys.settleHandle(id, secrets.token());
      const challenge = await issueChallenge(store, deps, { purpose: 'add', holder: actor.credential.id });
      return { challenge, handle, known };
    });
}
