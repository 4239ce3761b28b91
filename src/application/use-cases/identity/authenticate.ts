import { type Password, password } from '../../../domain/identity/password.ts';
import type { Registration } from '../../../domain/identity/registration.ts';
import { username } from '../../../domain/identity/username.ts';
import type { PasswordHasher } from '../../ports/password-hasher.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import { Accounts, refusalOf } from './accounts.ts';
import type { DelayCaps } from './guess-delays.ts';
import { KnownDevices } from './known-devices.ts';
import { PasswordGuesses } from './password-guesses.ts';
import { type SignedIn, type SignInDeps, type SignInPlace, SignIns } from './sign-ins.ts';

export interface Credentials extends SignInPlace {
  readonly username: string;
  readonly password: string;
  /** The larger network around the address. Guesses at one name are also counted by it. */
  readonly network: string;
  /** The code of the invite that the caller came with. */
  readonly invite?: string | undefined;
}

/**
 * Registers an unknown name, or signs a known one in, and begins a session. The first account of an installation is its administrator.
 * @throws CodeNeeded
 * @throws DomainError `invalid_username`, `invalid_password`, `wrong_credentials`, `wrong_code`, `too_many_requests`, `unavailable`
 */
export type Authenticate = (credentials: Credentials) => Promise<SignedIn>;

export function makeAuthenticate(
  deps: SignInDeps & {
    readonly view: StoreView;
    readonly passwordHasher: PasswordHasher;
    readonly timer: Timer;
    readonly delayCaps: DelayCaps;
    readonly stopping: AbortSignal;
    readonly registration: Registration;
  },
): Authenticate {
  const guesses = new PasswordGuesses(deps);
  const accounts = new Accounts({ ...deps, devices: new KnownDevices(deps), guesses });
  const signIns = new SignIns(deps);
  const refuse = (secret: Password): never => {
    throw refusalOf(secret, deps);
  };

  return async (credentials) => {
    const name = username(credentials.username);
    const secret = password(credentials.password);
    const claim = { invite: undefined, ...credentials, name, secret };
    const known = await accounts.signIn(claim);
    const registered = known ? undefined : await accounts.register(claim);
    // A name that was registered in the meantime may still belong to the caller, who sent the form twice.
    const account = known ?? registered ?? (await accounts.signIn(claim));
    if (!account) return refuse(secret);
    const begun = await signIns.begin(account, credentials, { isNew: registered !== undefined });
    // The password was changed, or hashed again, since it was checked.
    return (
      begun ?? (await signIns.begin((await accounts.signIn(claim)) ?? refuse(secret), credentials)) ?? refuse(secret)
    );
  };
}
