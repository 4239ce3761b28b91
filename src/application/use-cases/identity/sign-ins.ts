import { SESSIONS_PER_USER, type Session } from '../../../domain/identity/session.ts';
import { CodeNeeded } from '../../../domain/identity/two-step.ts';
import type { User } from '../../../domain/identity/user.ts';
import { usernameKey } from '../../../domain/identity/username.ts';
import type { SessionId } from '../../../domain/ids.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import type { UserCredentials } from '../../ports/users.ts';
import { sessionIdOf } from './credential-status.ts';
import { sayEnded } from './end-sessions.ts';
import { KnownDevices } from './known-devices.ts';
import { SecondStep } from './second-step.ts';
import { SignInTickets } from './sign-in-tickets.ts';

/** The browser or program that signs in. */
export interface SignInPlace {
  /** Session tokens that came with the request. Signing in ends those sessions, so that an attacker cannot plant one. */
  readonly presentedTokens: readonly string[];
  /** The caller's address, or the prefix that one subscriber has: wrong passwords and new accounts are counted by it. */
  readonly address: string;
  /** What the browser or program calls itself, in words for people. */
  readonly deviceName: string;
  /** `SignedIn.deviceTokens` of earlier sign-ins, as the browser kept them. */
  readonly deviceTokens: readonly string[];
  /** Of the second step, as typed; undefined where none was asked for yet. */
  readonly code?: string | undefined;
}

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

interface SignInBy {
  /** The account was just made. */
  readonly isNew?: boolean;
  /** Stands for the password and the second step: refuses, in the unit of the session, by an error. */
  readonly permit?: (store: Store) => Promise<void>;
}

export interface SignInDeps {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly rateLimits: RateLimits;
}

/** Begins sessions for accounts whose password was right, once the second step is taken where the account asks for one. */
export class SignIns {
  readonly #deps: SignInDeps;
  readonly #devices: KnownDevices;
  readonly #secondStep: SecondStep;
  readonly #tickets: SignInTickets;

  constructor(deps: SignInDeps) {
    this.#deps = deps;
    this.#devices = new KnownDevices(deps);
    this.#secondStep = new SecondStep(deps);
    this.#tickets = new SignInTickets(deps);
  }

  /**
   * Undefined when the password was changed, or hashed again, since it was checked, or the account deactivated.
   * @throws CodeNeeded
   * @throws DomainError `wrong_code`, `too_many_requests`
   */
  async begin(account: UserCredentials, from: SignInPlace, by: SignInBy = {}): Promise<SignedIn | undefined> {
    const { user } = account;
    const { isNew = false } = by;
    const begin = () => this.#store(account, from, by);
    const begun = await (from.code === undefined ? begin() : this.#secondStep.counted(user.id, begin));
    if (!begun) return undefined;
    sayEnded(this.#deps.broadcast, begun.ended);
    if (!isNew) this.#tellOthers(begun.session);
    const deviceTokens = this.#devices.remember(from.deviceTokens, account);
    return { user, token: begun.token, isNew, ended: begun.ended.length, deviceTokens };
  }

  /** The other devices of the person show it at once: it may have been somebody else. */
  #tellOthers({ id: sessionId, userId, device, address, createdAt }: Session): void {
    const signedIn = { type: 'signed_in', userId, sessionId, device, address, createdAt } as const;
    this.#deps.broadcast.publishToUser(userId, signedIn);
  }

  #store(account: UserCredentials, { presentedTokens, deviceName, address, code }: SignInPlace, by: SignInBy) {
    const { unitOfWork, clock, secrets } = this.#deps;
    const token = secrets.token();
    const now = clock.now();
    const [id, userId] = [sessionIdOf(secrets, token), account.user.id];
    const session = { id, userId, createdAt: now, seenAt: now, device: deviceName, address };
    const presented = presentedTokens.map((presentedToken) => sessionIdOf(secrets, presentedToken));
    return unitOfWork.run(async (store) => {
      if (by.permit) await by.permit(store);
      else if (!by.isNew && !(await isCurrent(store, account))) return undefined;
      if (!(await isActive(store, account))) return undefined;
      if (!by.permit && !(await this.#secondStep.isTaken(store.twoStep, { userId, code, now })))
        throw new CodeNeeded(this.#tickets.issue(account));
      return { token, session, ended: await beginSession(store, session, presented) };
    });
  }
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
