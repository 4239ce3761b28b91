import { DomainError } from '../../../domain/errors.ts';
import { password } from '../../../domain/identity/password.ts';
import type { User } from '../../../domain/identity/user.ts';
import { usernameKey } from '../../../domain/identity/username.ts';
import type { Store, StoreView } from '../../ports/store.ts';
import { type PasswordGuessDeps, PasswordGuesses } from './password-guesses.ts';

export interface OwnPasswordDeps extends PasswordGuessDeps {
  readonly view: StoreView;
}

export interface OwnPasswordGuess {
  readonly password: string;
  /** As in `Credentials`: wrong passwords are counted by them. */
  readonly address: string;
  readonly network: string;
  /** A sentence that says that it is wrong. */
  readonly refusal: string;
}

/** Checks the password of somebody who is signed in. Wrong ones count like those of sign-ins. */
export class OwnPassword {
  readonly #view: StoreView;
  readonly #guesses: PasswordGuesses;

  constructor(deps: OwnPasswordDeps) {
    this.#view = deps.view;
    this.#guesses = new PasswordGuesses(deps);
  }

  /**
   * Answers what the unit of work has to ask, since the password may have been changed in the meantime; it throws the same refusal.
   * @throws DomainError `wrong_password`, `invalid_password`, `too_many_requests`, `unavailable`
   */
  async check(
    { id, username }: User,
    { password: given, address, network, refusal }: OwnPasswordGuess,
  ): Promise<(store: Pick<Store, 'users'>) => Promise<void>> {
    const wrong = () => new DomainError('wrong_password', refusal);
    const hash = (await this.#view.users.credentialsById(id))?.passwordHash;
    const guess = { hash, password: password(given), name: usernameKey(username), address, network, device: undefined };
    if (!(await this.#guesses.isRight(guess))) throw wrong();
    return async ({ users }) => {
      if ((await users.credentialsById(id))?.passwordHash !== hash) throw wrong();
    };
  }
}
