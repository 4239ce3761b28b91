import type { Credential } from '../domain/identity/credential.ts';
import type { User } from '../domain/identity/user.ts';

/** The caller, as `identify-session` found them: the first argument of every use case that is not open to all. */
export interface Actor {
  readonly user: User;
  readonly credential: Credential;
  /** Whether pages offer the administration. Use cases decide by the store. */
  readonly isAdministrator?: boolean | undefined;
}

/** The actor of a connection, whose user has the present name: `NameNews` replaces it at a rename. */
export interface ConnectedActor extends Actor {
  user: User;
}
