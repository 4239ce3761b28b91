import type { DomainError } from '../../../domain/errors.ts';
import {
  assertHardToGuess,
  isLongEnough,
  type Password,
  password,
  tooShort,
} from '../../../domain/identity/password.ts';
import { registrationUndoableUntil } from '../../../domain/identity/registration.ts';
import { SESSIONS_PER_USER, type Session } from '../../../domain/identity/session.ts';
import type { User } from '../../../domain/identity/user.ts';
import { assertShows, type Username, username, usernameKey } from '../../../domain/identity/username.ts';
import { WrongCredentials } from '../../../domain/identity/wrong-credentials.ts';
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
import { withinLimit } from '../../within-limit.ts';
import type { DelayCaps } from './guess-delays.ts';
import { KnownDevices } from './known-devices.ts';
import { PasswordGuesses } from './password-guesses.ts';
import { sessionIdOf } from './session-id-of.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** The session tokens that came with the request; signing in ends those sessions, so that none can be planted. */
  readonly presentedTokens: readonly string[];
  /** Where wrong passwords and new accounts are counted: the caller's address, or what one subscriber has of them. */
  readonly address: string;
  /** The larger network that the address is in, by which guesses at one name are counted too. */
  readonly network: string;
  /** What the browser kept of earlier sign-ins, as `SignedIn.deviceTokens` said. */
  readonly deviceTokens: readonly string[];
}

/**
 * Registers an unknown name or signs a known one in, and begins a session.
 * @throws DomainError `invalid_username`, `invalid_password`, `wrong_credentials`, `too_many_requests`, `unavailable`
 */
export type Authenticate = (credentials: Credentials) => Promise<SignedIn>;

export interface SignedIn {
  readonly user: User;
  readonly token: string;
  /** The name was registered just now. */
  readonly isNew: boolean;
  /** How many sessions ended by it: the presented ones, and the oldest past the limit. */
  readonly ended: number;
  /** For the browser to keep and to present at its next sign-in. They open nothing. */
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
  readonly registration: 'open' | 'closed';
}): Authenticate {
  const { unitOfWork, view, broadcast, clock, secrets, passwordHasher } = deps;
  const guesses = new PasswordGuesses(deps);
  const devices = new KnownDevices(deps);

  return async (credentials) => {
    const name = username(credentials.username);
    const secret = password(credentials.password);
    const { address, network, deviceTokens } = credentials;
    const claim = { name, secret, address, network, deviceTokens };
    const known = await signIn(claim);
    const registered = known ? undefined : await register(claim);
    const account = known ?? registered ?? (await signIn(claim));
    if (!account) throw refusalOf(secret);
    const { user } = account;

    const token = secrets.token();
    const now = clock.now();
    const session = { id: sessionIdOf(secrets, token), userId: user.id, createdAt: now, seenAt: now };
    const presented = credentials.presentedTokens.map((presentedToken) => sessionIdOf(secrets, presentedToken));
    const ended = await unitOfWork.run(async (store) => {
      if (!registered && !(await store.users.settle(user.id))) throw refusalOf(secret);
      return beginSession(store, session, presented);
    });
    for (const { id, userId } of ended) {
      broadcast.publishToUser(userId, { type: 'session_ended', userId, sessionId: id });
    }
    const remembered = devices.remember(deviceTokens, account);
    return { user, token, isNew: registered !== undefined, ended: ended.length, deviceTokens: remembered };
  };

  /** The account, or undefined when there is none of this name. */
  async function signIn({ name, secret, ...from }: Claim): Promise<UserCredentials | undefined> {
    const key = usernameKey(name);
    const known = await view.users.credentialsOf(key);
    if (!known) return undefined;
    const device = devices.find(from.deviceTokens, known);
    const guess = { hash: known.passwordHash, password: secret, name: key, device, ...from };
    if (!(await guesses.isRight(guess))) throw refusalOf(secret, known.user);
    if (!passwordHasher.isOutdated(known.passwordHash)) return known;
    const passwordHash = await passwordHasher.hash(secret, from.address);
    await unitOfWork.run((store) => store.users.setPasswordHash(known.user.id, passwordHash));
    return { user: known.user, passwordHash };
  }

  /** The new account, or undefined when the name was taken in the meantime. */
  async function register({ name, secret, ...from }: Claim): Promise<UserCredentials | undefined> {
    const key = usernameKey(name);
    if (deps.registration === 'closed' || !isLongEnough(secret)) {
      const device = devices.find(from.deviceTokens, undefined);
      await guesses.isRight({ hash: undefined, password: secret, name: key, device, ...from });
      throw refusalOf(secret);
    }
    assertShows(name);
    assertHardToGuess(secret, name);
    const limited = { limit: 'registrations', key: from.address, refusal: TOO_MANY_ACCOUNTS } as const;
    return withinLimit(deps.rateLimits, limited, async () => {
      const passwordHash = await passwordHasher.hash(secret, from.address);
      const createdAt = clock.now();
      const undoableUntil = registrationUndoableUntil(createdAt);
      const newUser = { username: name, key, passwordHash, createdAt, undoableUntil };
      const user = await unitOfWork.run((store) => store.users.add(newUser));
      return user && { user, passwordHash };
    });
  }
}

const TOO_MANY_ACCOUNTS = 'Many accounts were made from your address.';

interface Claim extends Pick<Credentials, 'address' | 'network' | 'deviceTokens'> {
  readonly name: Username;
  readonly secret: Password;
}

/** Stores the session and answers those that end by it: the presented ones, and the oldest past the limit. */
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
  // Before the new one is added, which is not the oldest even where the clock has stepped back.
  const others = await store.sessions.ofUser(session.userId);
  const evicted = others.slice(0, Math.max(0, others.length - (SESSIONS_PER_USER - 1)));
  for (const { id } of evicted) await store.sessions.remove(id);
  await store.sessions.add(session);
  return [...replaced, ...evicted];
}

/** It depends on what was typed alone, so that it does not tell who is registered. */
function refusalOf(secret: Password, user?: User): DomainError {
  return isLongEnough(secret) ? new WrongCredentials(user) : tooShort();
}
