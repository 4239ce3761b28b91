import { DomainError } from '../../../domain/errors.ts';
import { assertHardToGuess, isLongEnough, password, tooShort } from '../../../domain/identity/password.ts';
import { usernameKey } from '../../../domain/identity/username.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { PasswordHasher } from '../../ports/password-hasher.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { removeOthers, sayEnded } from './end-sessions.ts';
import { type PasswordGuessDeps, PasswordGuesses } from './password-guesses.ts';

export interface PasswordChange {
  readonly current: string;
  readonly next: string;
  /** As in `Credentials`: wrong passwords are counted by them. */
  readonly address: string;
  readonly network: string;
}

/**
 * Replaces the actor's password and ends all their other sessions. Wrong current passwords count like those of sign-ins. Answers how
 * many sessions ended.
 * @throws DomainError `wrong_password`, `invalid_password`, `too_many_requests`, `unavailable`
 */
export type ChangePassword = (actor: Actor, change: PasswordChange) => Promise<number>;

export function makeChangePassword(
  deps: PasswordGuessDeps & {
    readonly unitOfWork: UnitOfWork;
    readonly view: StoreView;
    readonly broadcast: Broadcast;
    readonly passwordHasher: PasswordHasher;
  },
): ChangePassword {
  const { unitOfWork, view, broadcast, passwordHasher } = deps;
  const guesses = new PasswordGuesses(deps);

  return async (actor, { current, next, address, network }) => {
    const [given, wanted, { user }] = [password(current), password(next), actor];
    if (!isLongEnough(wanted)) throw tooShort();
    assertHardToGuess(wanted, user.username);
    const key = usernameKey(user.username);
    const hash = (await view.users.credentialsById(user.id))?.passwordHash;
    const guess = { hash, password: given, name: key, address, network, device: undefined };
    if (!(await guesses.isRight(guess))) throw wrongPassword();
    const passwordHash = await passwordHasher.hash(wanted, address);
    const ended = await unitOfWork.run(async ({ users, sessions }) => {
      // Changed in the meantime: the password that was checked is the current one no longer.
      if ((await users.credentialsById(user.id))?.passwordHash !== hash) throw wrongPassword();
      await users.setPasswordHash(user.id, passwordHash);
      return removeOthers(sessions, actor);
    });
    sayEnded(broadcast, ended);
    return ended.length;
  };
}

const wrongPassword = () => new DomainError('wrong_password', 'That is not your current password.');
