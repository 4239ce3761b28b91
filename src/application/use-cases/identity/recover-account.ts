import { DomainError } from '../../../domain/errors.ts';
import { newPassword } from '../../../domain/identity/password.ts';
import { isEnabled, recoveryCodeIn } from '../../../domain/identity/two-step.ts';
import type { User } from '../../../domain/identity/user.ts';
import { username, usernameKey } from '../../../domain/identity/username.ts';
import { userId } from '../../../domain/ids.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import type { Credentials } from './authenticate.ts';
import { sessionIdOf } from './credential-status.ts';
import { sayEnded } from './end-sessions.ts';
import { type PasswordGuessDeps, PasswordGuesses } from './password-guesses.ts';
import { recoverAccountIn } from './recovered-account.ts';
import { SignInTickets } from './sign-in-tickets.ts';

export interface AskedRecovery extends Pick<Credentials, 'username' | 'presentedTokens' | 'address' | 'network'> {
  /** One of the recovery codes of two-step sign-in, as typed. */
  readonly code: string;
  /** The new one. */
  readonly password: string;
}

export interface RecoveredAccount {
  readonly user: User;
  /** How many sessions ended. */
  readonly ended: number;
  /** As `CodeNeeded.ticket`: the recovery code stood for the password, and the second step is still to be taken, by another code. */
  readonly ticket: string;
}

/**
 * Uses up a recovery code in place of a forgotten password: sets a new one, ends all sessions of the account and puts its passkeys on hold.
 * Wrong codes count like wrong passwords.
 * @throws DomainError `wrong_credentials`, the same for unknown names, wrong codes, and accounts that have none or are deactivated;
 * `invalid_username`, `invalid_password`, which use nothing up; `too_many_requests`, `unavailable`
 */
export type RecoverAccount = (asked: AskedRecovery) => Promise<RecoveredAccount>;

interface Deps extends PasswordGuessDeps {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}

export function makeRecoverAccount(deps: Deps): RecoverAccount {
  const { unitOfWork, view, broadcast, clock, secrets, passwordHasher } = deps;
  const [guesses, tickets] = [new PasswordGuesses(deps), new SignInTickets(deps)];

  return async ({ address, network, presentedTokens, ...typed }) => {
    const name = username(typed.username);
    const wanted = newPassword(typed.password, name);
    const digest = secrets.digest(recoveryCodeIn(typed.code) ?? '');
    const user = (await view.users.credentialsOf(usernameKey(name)))?.user;
    const guess = { name: usernameKey(name), address, network, device: undefined };
    const isRight = await guesses.isRightBy(guess, async (begin) => {
      await begin();
      // Also for an unknown name, so that it takes as long.
      return view.twoStep.hasRecovery(user?.id ?? userId(0), digest);
    });
    if (!user || !isRight) throw wrongRecovery();
    const passwordHash = await passwordHasher.hash(wanted, address);
    const now = clock.now();
    const presented = presentedTokens.map((token) => sessionIdOf(secrets, token));
    const ended = await unitOfWork.run(async (store) => {
      const standing = await store.administration.standing(user.id);
      const isOn = isEnabled(await store.twoStep.of(user.id));
      if (standing?.deactivatedAt !== null || !isOn || !(await store.twoStep.useRecovery(user.id, digest)))
        throw wrongRecovery();
      return recoverAccountIn(store, { userId: user.id, passwordHash, presented, now });
    });
    sayEnded(broadcast, ended);
    return { user, ended: ended.length, ticket: tickets.issue({ user, passwordHash }) };
  };
}

const wrongRecovery = (): DomainError =>
  new DomainError('wrong_credentials', 'The username or the recovery code is wrong, or the code was used already.');
