import type { Passkey } from '../../../domain/identity/passkey.ts';
import type { Actor } from '../../actor.ts';
import { issueChallenge, type PasskeyChallengeDeps } from './passkey-challenges.ts';

export interface BegunConfirmation {
  readonly challenge: string;
  /** One of these has to answer. */
  readonly passkeys: readonly Passkey[];
}

/** Asks for one of the actor's passkeys, to confirm who they are: the answer counts in this session, within five minutes. */
export type BeginPasskeyConfirmation = (actor: Actor) => Promise<BegunConfirmation>;

export function makeBeginPasskeyConfirmation(deps: PasskeyChallengeDeps): BeginPasskeyConfirmation {
  return ({ user, credential }) =>
    deps.unitOfWork.run(async (store) => ({
      challenge: await issueChallenge(store, deps, { purpose: 'confirm', holder: credential.id }),
      passkeys: (await store.passkeys.ofUser(user.id)).filter(({ heldAt }) => heldAt === null),
    }));
}
