import type { User } from '../../domain/identity/user.ts';
import type { Username, UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';

export interface UserCredentials {
  readonly user: User;
  /** As `PasswordHasher.hash` made it. */
  readonly passwordHash: string;
}

export interface NewUser {
  readonly username: Username;
  readonly key: UsernameKey;
  readonly passwordHash: string;
  readonly createdAt: number;
  /** Until when the account may be removed again (ms), as long as it is not settled; undefined makes it settled at once. */
  readonly undoableUntil?: number | undefined;
}

export interface UsersView {
  /** The user, or undefined. */
  find(id: UserId): Promise<User | undefined>;
  /** The user whose name has this key, or undefined. */
  credentialsOf(key: UsernameKey): Promise<UserCredentials | undefined>;
  /** Until when the account may be removed (ms); undefined when it is settled or does not exist. */
  undoableUntil(id: UserId): Promise<number | undefined>;
}

export interface Users extends UsersView {
  /** The new user, or undefined when the key is taken: nothing is stored then. */
  add(user: NewUser): Promise<User | undefined>;
  /** Replaces the hash; an unknown id changes nothing. */
  setPasswordHash(id: UserId, passwordHash: string): Promise<void>;
  /** Marks the account as used, for good. False when there is no such user, or not any more: nothing changes then. */
  settle(id: UserId): Promise<boolean>;
  /**
   * Removes an account that is not settled and has no sessions; its name is free again, its id is not given to another. False
   * when it is settled or unknown: nothing changes then.
   */
  removeUnsettled(id: UserId): Promise<boolean>;
}
