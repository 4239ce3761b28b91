import type { Password } from '../../domain/identity/password.ts';

export interface Guess {
  readonly password: Password;
  /** Where it comes from: hashing is shared out fairly among addresses. */
  readonly address: string;
  /** Awaited when its turn to be hashed has come. When it rejects nothing is hashed, and the guess rejects with the same. */
  begin(): Promise<void>;
}

/**
 * Slow on purpose. Addresses take turns; when too many wait, the newest of the address with the longest queue is refused, by
 * DomainError `unavailable`.
 */
export interface PasswordHasher {
  /** A salted hash that names its own parameters. */
  hash(password: Password, address: string): Promise<string>;
  /** Whether the password made this hash. */
  verify(hash: string, guess: Guess): Promise<boolean>;
  /** Takes as long as `verify` and is never right: for names that do not exist. */
  verifyNothing(guess: Guess): Promise<false>;
  /** Whether the hash was made with other parameters than `hash` uses now. */
  isOutdated(hash: string): boolean;
}
