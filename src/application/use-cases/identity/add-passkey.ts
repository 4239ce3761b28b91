import { DomainError } from '../../../domain/errors.ts';
import { assertRoomForPasskey, type Passkey, passkeyName } from '../../../domain/identity/passkey.ts';
import type { Actor } from '../../actor.ts';
import type { PasskeyAnswer, PasskeySite, PasskeyVerifier } from '../../ports/passkey-verifier.ts';
import { confirmedUser } from './own-two-step.ts';
import { type PasskeyChallengeDeps, takeChallenge } from './passkey-challenges.ts';
import { settleAccount } from './settle-account.ts';

export interface NewPasskey {
  /** To the challenge of `BeginPasskey`. */
  readonly answer: PasskeyAnswer;
  readonly name: string;
  readonly site: PasskeySite;
}

/**
 * Adds a passkey. Sessions and other ways to sign in stay as they are.
 * @throws DomainError `confirmation_needed`, `too_many_passkeys`; `invalid_passkey` for a name or an answer that is not right
 */
export type AddPasskey = (actor: Actor, added: NewPasskey) => Promise<Passkey>;

export function makeAddPasskey(deps: PasskeyChallengeDeps & { readonly passkeyVerifier: PasskeyVerifier }): AddPasskey {
  const { unitOfWork, clock, passkeyVerifier } = deps;

  return async (actor, { answer, site, ...given }) => {
    const name = passkeyName(given.name);
    const challenge = await takeChallenge(deps, answer, { purpose: 'add', holder: actor.credential.id });
    const made = challenge && (await passkeyVerifier.verifyNew(answer, { challenge, site }));
    if (!made) throw new DomainError('invalid_passkey', NOT_ACCEPTED);
    return unitOfWork.run(async (store) => {
      const user = await confirmedUser(store, actor, clock);
      // Locks the account, so that two at the same time cannot exceed the limit.
      await settleAccount(store, user);
      assertRoomForPasskey(await store.passkeys.ofUser(user.id));
      const at = clock.now();
      const passkey = { ...made, userId: user.id, name, createdAt: at, usedAt: null, heldAt: null };
      if (!(await store.passkeys.add(passkey)))
        throw new DomainError('invalid_passkey', 'This passkey is in use already.');
      await store.passkeys.noteChange(user.id, { kind: 'added', name, at });
      return passkey;
    });
  };
}

const NOT_ACCEPTED = 'This passkey was not accepted: it took too long, or was not made for this site. Try again.';
