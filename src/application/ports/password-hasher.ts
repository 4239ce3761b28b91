import type { Password } from '../../domain/identity/password.ts';

export interface Guess {
  readonly password: Password;
  /** The caller's address: addresses take turns at hashing. */
  readonly address: string;
  /** Awaited when the guess has its turn. When it rejects, nothing is hashed and the guess rejects with the same error. */
  begin(): Promise<void>;
}

/**
 * Slow on purpose. Addresses take turns. When too many calls wait, the newest of the address with the longest queue is refused with
 * DomainError `unavailable`.
 */
export interface PasswordHasher {
  /** A salted hash that names its own parameters. */
  hash(password: Password, address: string): Promise<string>;
  /** Whether the password made this hash. */
  verify(hash: string, guess: Guess): Promise<boolean>;
  /** Takes as long as `verify` and answers false: for names that do not exist. */
  verifyNothing(guess: Guess): Promise<false>;
  /** Whether the hash has other parameters than `hash` uses now. */
  isOutdated(hash: string): boolean;
}
