import type { Password } from '../../domain/identity/password.ts';

/** Slow on purpose. Every method throws DomainError `unavailable` when too many wait already. */
export interface PasswordHasher {
  /** A salted hash that names its own parameters. */
  hash(password: Password): Promise<string>;
  /** Whether the password made this hash. */
  verify(hash: string, password: Password): Promise<boolean>;
  /** Takes as long as `verify` and is never right: for names that do not exist. */
  verifyNothing(password: Password): Promise<false>;
  /** Whether the hash was made with other parameters than `hash` uses now. */
  isOutdated(hash: string): boolean;
}
