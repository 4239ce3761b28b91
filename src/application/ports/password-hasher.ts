import type { Password } from '../../domain/identity/password.ts';

export interface Guess {
  readonly password: Password;
  /** Awaited when its turn to be hashed has come. When it rejects nothing is hashed, and the guess rejects with the same. */
  begin(): Promise<void>;
}

/** Slow on purpose. Every method throws DomainError `unavailable` when too many wait already. */
export interface PasswordHasher {
  /** A salted hash that names its own parameters. */
  hash(password: Password): Promise<string>;
  /** Whether the password made this hash. */
  verify(hash: string, guess: Guess): Promise<boolean>;
  /** Takes as long as `verify` and is never right: for names that do not exist. */
  verifyNothing(guess: Guess): Promise<false>;
  /** Whether the hash was made with other parameters than `hash` uses now. */
  isOutdated(hash: string): boolean;
}
