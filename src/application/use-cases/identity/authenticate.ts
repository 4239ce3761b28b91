import { type Password, password } from '../../../domain/identity/password.ts';
import type { Registration } from '../../../domain/identity/registration.ts';
import { SESSIONS_PER_USER, type Session } from '../../../domain/identity/session.ts';
import type { User } from '../../../domain/identity/user.ts';
import { username, usernameKey } from '../../../domain/identity/username.ts';
import type { SessionId } from '../../../domain/ids.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PasswordHasher } from '../../ports/password-hasher.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Store, StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import type { UserCredentials } from '../../ports/users.ts';
import { Accounts, refusalOf } from './accounts.ts';
import { sessionIdOf } from './credential-status.ts';
import { sayEnded } from './end-sessions.ts';
import type { DelayCaps } from './guess-delays.ts';
import { KnownDevices } from './known-devices.ts';
import { PasswordGuesses } from './password-guesses.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Session tokens that came with the request. Signing in ends those sessions, so that an attacker cannot plant one. */
  readonly presentedTokens: readonly string[];
  /** The caller's address, or the prefix that one subscriber has: wrong passwords and new accounts are counted by it. */
  readonly address: string;
  /** The larger network around the address. Guesses at one name are also counted by it. */
  readonly network: string;
  /** What the browser or program calls itself, in words for people. */
  readonly deviceName: string;
  /** `SignedIn.deviceTokens` of earlier sign-ins, as the browser kept them. */
  readonly deviceTokens: readonly string[];
  /** The code of the invite that the caller came with. */
  readonly invite?: string | undefined;
}

/**
 * Registers an unknown name, or signs a known one in, and begins a session. The first account of an installation is its administrator.
 * @throws DomainError `invalid_username`, `invalid_password`, `wrong_credentials`, `too_many_requests`, `unavailable`
 */
export type Authenticate = (credentials: Credentials) => Promise<SignedIn>;

export interface SignedIn {
  readonly user: User;
  readonly token: string;
  /** This call registered the name. */
  readonly isNew: boolean;
  /** How many sessions it ended: the presented ones, and the oldest ones past the limit. */
  readonly ended: number;
  /** For the browser to keep and to present at its next sign-in. They give access to nothing. */
  readonly deviceTokens: readonly string[];
}

export function makeAuthenticate(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly passwordHasher: PasswordHasher;
  readonly rateLimits: RateLimits;
  readonly timer: Timer;
  readonly delayCaps: DelayCaps;
  readonly stopping: AbortSignal;
  readonly registration: Registration;
}): Authenticate {
  const { unitOfWork, broadcast, clock, secrets, registration } = deps;
  const refuse = (secret: Password): never => {
    throw refusalOf(secret, { registration });
  };
  const devices = new KnownDevices(deps);
  const accounts = new Accounts({ ...deps, devices, guesses: new PasswordGuesses(deps) });

  return async ({ presentedTokens, ...credentials }) => {
    const name = username(credentials.username);
    const secret = password(credentials.password);
    const claim = { invite: undefined, ...credentials, name, secret };
    const known = await accounts.signIn(claim);
    const registered = known ? undefined : await accounts.register(claim);
    // A name that was registered in the meantime may still belong to the caller, who sent the form twice.
    const account = known ?? registered ?? (await accounts.signIn(claim));
    if (!account) return refuse(secret);

    const { user } = account;
    const token = secrets.token();
    const now = clock.now();
    const { deviceName: device, address } = credentials;
    const session = { id: sessionIdOf(secrets, token), userId: user.id, createdAt: now, seenAt: now, device, address };
    const presented = presentedTokens.map((presentedToken) => sessionIdOf(secrets, presentedToken));
    const begin = (held: UserCredentials) =>
      unitOfWork.run(async (store) =>
        (registered || (await isCurrent(store, held))) && (await isActive(store, held))
          ? beginSession(store, session, presented)
          : undefined,
      );
    const ended = (await begin(account)) ?? (await begin((await accounts.signIn(claim)) ?? refuse(secret)));
    if (!ended) return refuse(secret);
    sayEnded(broadcast, ended);
    const deviceTokens = devices.remember(credentials.deviceTokens, account);
    return { user, token, isNew: registered !== undefined, ended: ended.length, deviceTokens };
  };
}

/**
 * Settles the account, and answers whether its password is still the one that was checked. It is not when it was changed, or hashed
 * again, in the meantime: otherwise a sign-in with the old password could outlive the change.
 */
async function isCurrent({ users }: Store, { user, passwordHash }: UserCredentials): Promise<boolean> {
  if (!(await users.settle(user.id))) return false;
  const now = await users.credentialsById(user.id);
  // Nor with a former name: it may be somebody else's by now.
  return now?.passwordHash === passwordHash && usernameKey(now.user.username) === usernameKey(user.username);
}

/** Locks the account until the session is stored, so that a concurrent deactivation ends it. */
async function isActive({ administration }: Store, { user }: UserCredentials): Promise<boolean> {
  return (await administration.standing(user.id))?.deactivatedAt === null;
}

/** Stores the session and answers those that it ends: the presented ones, and the oldest ones past the limit. */
async function beginSession(
  store: Store,
  session: Session,
  presented: readonly SessionId[],
): Promise<readonly Session[]> {
  const replaced: Session[] = [];
  for (const id of presented) {
    const removed = await store.sessions.remove(id);
    if (removed) replaced.push(removed);
  }
  // Counted before the new session is added, which must stay even when the clock has stepped back and it looks like the oldest.
  const others = await store.sessions.ofUser(session.userId);
  const evicted = others.slice(0, Math.max(0, others.length - (SESSIONS_PER_USER - 1)));
  for (const { id } of evicted) await store.sessions.remove(id);
  await store.sessions.add(session);
  return [...replaced, ...evicted];
}
