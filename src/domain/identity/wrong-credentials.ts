import { DomainError } from '../errors.ts';
import type { User } from './user.ts';

/** The same for an unknown name as for a wrong password, so that the caller does not learn which names exist. */
export class WrongCredentials extends DomainError {
  /** The account, for the log only. Undefined for an unknown name, which must not be logged: it may be a password. */
  readonly user: User | undefined;

  constructor(user?: User) {
    super('wrong_credentials', 'The username or the password is wrong.');
    this.user = user;
  }
}
