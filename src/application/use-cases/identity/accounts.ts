import { type InviteId, inviteId, isLive } from '../../../domain/chats/invite.ts';
import type { DomainError } from '../../../domain/errors.ts';
import { assertHardToGuess, isLongEnough, type Password, tooShort } from '../../../domain/identity/password.ts';
import { type Registration, registrationUndoableUntil } from '../../../domain/identity/registration.ts';
import type { User } from '../../../domain/identity/user.ts';
import { assertPresentable, type Username, usernameKey } from '../../../domain/identity/username.ts';
import { WrongCredentials } from '../../../domain/identity/wrong-credentials.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PasswordHasher } from '../../ports/password-hasher.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Store, StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import type { UserCredentials } from '../../ports/users.ts';
import { withinLimit } from '../../within-limit.ts';
import type { KnownDevices } from './known-devices.ts';
import type { PasswordGuesses } from './password-guesses.ts';

/** A username and password that a caller wants to sign in or register with. */
export interface Claim {
  readonly name: Username;
  readonly secret: Password;
  readonly address: string;
  readonly network: string;
  readonly deviceTokens: readonly string[];
  /** The code of the invite that the caller came with; it counts where new accounts need one. */
  readonly invite: string | undefined;
}

interface AccountsDeps {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly clock: Clock;
  readonly passwordHasher: PasswordHasher;
  readonly rateLimits: RateLimits;
  readonly guesses: PasswordGuesses;
  readonly devices: KnownDevices;
  readonly secrets: Pick<Secrets, 'digest'>;
  readonly registration: Registration;
}

const TOO_MANY_ACCOUNTS = 'Many accounts were created from your address.';

/** Finds the account that a claim is valid for, or creates it. */
export class Accounts {
  readonly #deps: AccountsDeps;

  constructor(deps: AccountsDeps) {
    this.#deps = deps;
  }

  /**
   * The account of this name; undefined when there is none.
   * @throws DomainError `wrong_credentials`, `invalid_password`, `too_many_requests`, `unavailable`
   */
  async signIn({ name, secret, ...from }: Claim): Promise<UserCredentials | undefined> {
    const { unitOfWork, view, passwordHasher, guesses, devices, registration } = this.#deps;
    const key = usernameKey(name);
    const known = await view.users.credentialsOf(key);
    if (!known) return undefined;
    const device = devices.find(from.deviceTokens, known);
    const standing = await view.administration.standing(known.user.id);
    // The right password of a deactivated account is counted, answered, and takes as long, like a wrong one.
    const hash = standing?.deactivatedAt === null ? known.passwordHash : undefined;
    const guess = { hash, password: secret, name: key, device, ...from };
    if (!(await guesses.isRight(guess))) throw refusalOf(secret, { registration, user: known.user });
    if (!passwordHasher.isOutdated(known.passwordHash)) return known;
    const passwordHash = await passwordHasher.hash(secret, from.address);
    await unitOfWork.run((store) => store.users.setPasswordHash(known.user.id, passwordHash));
    return { user: known.user, passwordHash };
  }

  /**
   * The new account; undefined when the name was taken in the meantime.
   * @throws DomainError `invalid_username`, `invalid_password`, `wrong_credentials`, `too_many_requests`, `unavailable`
   */
  async register(claim: Claim): Promise<UserCredentials | undefined> {
    const { name, secret, address } = claim;
    if (!isLongEnough(secret) || !(await this.#mayRegister(claim))) return this.#refuse(claim);
    assertPresentable(name);
    assertHardToGuess(secret, name);
    const limited = { limit: 'registrations', key: address, refusal: TOO_MANY_ACCOUNTS } as const;
    return withinLimit(this.#deps.rateLimits, limited, () => this.#add(claim));
  }

  /** Takes as long as a wrong password and counts as one, so that callers cannot tell which names exist. */
  async #refuse({ name, secret, ...from }: Claim): Promise<never> {
    const { guesses, devices, registration } = this.#deps;
    const device = devices.find(from.deviceTokens, undefined);
    await guesses.isRight({ hash: undefined, password: secret, name: usernameKey(name), device, ...from });
    throw refusalOf(secret, { registration });
  }

  async #add({ name, secret, address, invite }: Claim): Promise<UserCredentials | undefined> {
    const { unitOfWork, clock, passwordHasher } = this.#deps;
    const passwordHash = await passwordHasher.hash(secret, address);
    const createdAt = clock.now();
    const undoableUntil = registrationUndoableUntil(createdAt);
    const newUser = { username: name, key: usernameKey(name), passwordHash, createdAt, undoableUntil };
    const user = await unitOfWork.run(async (store) => {
      const isFirst = await isFirstAccount(store);
      const added = await store.users.add(newUser);
      if (!added) return undefined;
      if (isFirst) await store.administration.setAdministrator(added.id, createdAt);
      else await this.#admit(store, { user: added, secret, invite });
      return added;
    });
    return user && { user, passwordHash };
  }

  /** A look before anything is hashed. The unit of work that adds the account decides again. */
  async #mayRegister({ invite }: Claim): Promise<boolean> {
    const { view, registration, clock } = this.#deps;
    if (registration === 'open' || !(await view.administration.hasPeople())) return true;
    if (registration === 'closed' || invite === undefined) return false;
    const found = await view.invites.find(this.#inviteId(invite));
    return found !== undefined && isLive(found, clock.now());
  }

  /** @throws DomainError `wrong_credentials` where the account needs an invite that works, and none came along */
  async #admit({ invites }: Store, { user, secret, invite }: Admission): Promise<void> {
    const { registration, clock } = this.#deps;
    if (registration === 'open') return;
    const now = clock.now();
    const isAdmitted =
      registration === 'invite' &&
      invite !== undefined &&
      (await invites.admitRegistration(this.#inviteId(invite), { userId: user.id, now }));
    if (!isAdmitted) throw refusalOf(secret, { registration });
  }

  #inviteId(code: string): InviteId {
    return inviteId(this.#deps.secrets.digest(code));
  }
}

interface Admission {
  readonly user: User;
  readonly secret: Password;
  readonly invite: string | undefined;
}

/** Of concurrent registrations at an empty installation, one is the first: the others wait for it here. */
async function isFirstAccount({ administration }: Store): Promise<boolean> {
  if (await administration.hasPeople()) return false;
  await administration.lock();
  return !(await administration.hasPeople());
}

/** Depends only on what was typed, so that it does not reveal who is registered. */
export function refusalOf(
  secret: Password,
  said: { readonly registration: Registration; readonly user?: User },
): DomainError {
  return isLongEnough(secret) ? new WrongCredentials(said) : tooShort();
}
