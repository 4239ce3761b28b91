import { DomainError } from '../../../domain/errors.ts';
import { password } from '../../../domain/identity/password.ts';
import { wrongCode } from '../../../domain/identity/two-step.ts';
import { usernameKey } from '../../../domain/identity/username.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { type PasswordGuessDeps, PasswordGuesses } from './password-guesses.ts';
import { SecondStep } from './second-step.ts';

export interface Confirmation {
  readonly password: string;
  /** Of the second step, as typed; not looked at where the actor needs none. */
  readonly code: string;
  /** As in `Credentials`: wrong passwords are counted by them. */
  readonly address: string;
  readonly network: string;
}

/**
 * Notes that the actor has shown in this session who they are. For ten minutes it may then change how the account is signed in to.
 * @throws DomainError `wrong_password`, `wrong_code`, `too_many_requests`, `unavailable`
 */
export type ConfirmIdentity = (actor: Actor, confirmation: Confirmation) => Promise<void>;

export function makeConfirmIdentity(
  deps: PasswordGuessDeps & { readonly unitOfWork: UnitOfWork; readonly view: StoreView; readonly clock: Clock },
): ConfirmIdentity {
  const { unitOfWork, view, clock } = deps;
  const [guesses, secondStep] = [new PasswordGuesses(deps), new SecondStep(deps)];

  return async ({ user, credential }, { password: given, code, address, network }) => {
    const key = usernameKey(user.username);
    const hash = (await view.users.credentialsById(user.id))?.passwordHash;
    const guess = { hash, password: password(given), name: key, address, network, device: undefined };
    if (!(await guesses.isRight(guess))) throw wrongPassword();
    await secondStep.counted(user.id, () =>
      unitOfWork.run(async ({ users, twoStep, sessions }) => {
        // Changed in the meantime: the password that was checked is the current one no longer.
        if ((await users.credentialsById(user.id))?.passwordHash !== hash) throw wrongPassword();
        const now = clock.now();
        if (!(await secondStep.isTaken(twoStep, { userId: user.id, code, now }))) throw wrongCode();
        await sessions.confirm(credential.id, now);
      }),
    );
  };
}

const wrongPassword = () => new DomainError('wrong_password', 'That is not your password.');
