import { DomainError } from '../errors.ts';
import type { User } from './user.ts';

/** The same for a name that nobody has as for a password that is not its: whoever asks must not learn which. */
export class WrongCredentials extends DomainError {
  /** Whose password it was not, for the log alone. What was typed as an unknown name may be a password itself. */
  readonly user: User | undefined;

  constructor(user?: User) {
    super('wrong_credentials', 'This name and password do not go together.');
    this.user = user;
  }
}
