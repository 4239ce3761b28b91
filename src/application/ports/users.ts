import type { RenamedUser } from '../../domain/identity/renaming.ts';
import type { User } from '../../domain/identity/user.ts';
import type { Username, UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import type { AwayPerson } from '../../domain/presence/person.ts';

export interface UserCredentials {
  readonly user: User;
  /** A result of `PasswordHasher.hash`. */
  readonly passwordHash: string;
}

export interface NewUser {
  readonly username: Username;
  readonly key: UsernameKey;
  readonly passwordHash: string;
  readonly createdAt: number;
  /** Until when (ms) the account may be removed, unless it is settled before; undefined settles it at once. */
  readonly undoableUntil?: number | undefined;
}

/** Another name for a user. */
export interface NewUsername extends Pick<NewUser, 'username' | 'key'> {
  readonly id: UserId;
  /** When the name is given (ms). */
  readonly renamedAt: number;
  /** Until when (ms) the former name rests. */
  readonly restsUntil: number;
}

export interface UsersView {
  /** The user, or undefined. */
  find(id: UserId): Promise<User | undefined>;
  /** The user whose name has this key, or undefined. */
  credentialsOf(key: UsernameKey): Promise<UserCredentials | undefined>;
  /** The credentials of the user, or undefined. */
  credentialsById(id: UserId): Promise<UserCredentials | undefined>;
  /** The number of the last rename; 0 where nobody was renamed. A view in which it is the same has the same names. */
  lastRename(): Promise<number>;
  /** The people whose last rename has a number above `after` and came at or after `since` (ms), by that number, `limit` at most. */
  renamed(range: {
    readonly after: number;
    readonly since: number;
    readonly limit: number;
  }): Promise<readonly RenamedUser[]>;
  /** Until when (ms) the account may be removed; undefined when it is settled or does not exist. */
  undoableUntil(id: UserId): Promise<number | undefined>;
  /** Until when (ms) the user is away, also where that has passed; undefined when they said nothing, or do not exist. */
  awayUntil(id: UserId): Promise<number | undefined>;
  /** The people who are away until a moment after `after` (ms), the earliest end first, and `limit` at most. */
  away(range: { readonly after: number; readonly limit: number }): Promise<readonly AwayPerson[]>;
}

export interface Users extends UsersView {
  /** Creates a user; undefined when the key is taken, or rests beyond `createdAt`: nothing is stored then. */
  add(user: NewUser): Promise<User | undefined>;
  /** Replaces the hash. An unknown id changes nothing. */
  setPasswordHash(id: UserId, passwordHash: string): Promise<void>;
  /**
   * Gives the user another name, and lets the former one rest, unless both have the same key. A name that rests may be given to the user
   * who had it. Undefined when the key is another user's or rests for another one, or the user is unknown: nothing changes then.
   */
  rename(name: NewUsername): Promise<RenamedUser | undefined>;
  /** Forgets the names that rested until this moment (ms) or an earlier one, and answers how many there were. */
  removeRested(until: number): Promise<number>;
  /** Replaces the moment (ms) until which the user is away; null for not away. An unknown id changes nothing. */
  setAwayUntil(id: UserId, awayUntil: number | null): Promise<void>;
  /** Marks the account as used, permanently. False when there is no such user: nothing changes then. */
  settle(id: UserId): Promise<boolean>;
  /**
   * Removes an account that is not settled and has no sessions. Its name becomes free; its id is never reused. False when the account is
   * settled or unknown: nothing changes then.
   */
  removeUnsettled(id: UserId): Promise<boolean>;
}
