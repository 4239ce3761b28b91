import { DomainError } from '../errors.ts';
import type { Registration } from './registration.ts';
import type { User } from './user.ts';

/** What also holds for new accounts. It depends on no name. */
const RULES: Readonly<Record<Registration, string>> = {
  open: '',
  invite: ' A new account needs an invite link that works.',
  closed: '',
};

/** The same for an unknown name as for a wrong password, so that the caller does not learn which names exist. */
export class WrongCredentials extends DomainError {
  /** The account, for the log only. Undefined for an unknown name, which must not be logged: it may be a password. */
  readonly user: User | undefined;

  constructor({ registration, user }: { readonly registration: Registration; readonly user?: User | undefined }) {
    super('wrong_credentials', `The username or the password is wrong.${RULES[registration]}`);
    this.user = user;
  }
}
