import type { Credential } from '../domain/identity/credential.ts';
import type { User } from '../domain/identity/user.ts';

/** The caller, as `identify-session` found them: the first argument of every use case that is not open to all. */
export interface Actor {
  readonly user: User;
  readonly credential: Credential;
}
