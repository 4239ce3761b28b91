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
}

export interface UsersView {
  /** The user, or undefined. */
  find(id: UserId): Promise<User | undefined>;
  /** The user whose name has this key, or undefined. */
  credentialsOf(key: UsernameKey): Promise<UserCredentials | undefined>;
}

export interface Users extends UsersView {
  /** The new user, or undefined when the key is taken: nothing is stored then. */
  add(user: NewUser): Promise<User | undefined>;
  /** Replaces the hash; an unknown id changes nothing. */
  setPasswordHash(id: UserId, passwordHash: string): Promise<void>;
}
