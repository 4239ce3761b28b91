import { utf8Bytes } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import { type Username, usernameKey } from './username.ts';

/** At most 1,024 bytes of UTF-8, exactly as typed: what is worth comparing with a stored hash. */
export type Password = Branded<string, 'Password'>;

const SHORTEST = 8;
const LONGEST = 1024;

/** @throws DomainError `invalid_password` */
export function password(input: string): Password {
  if (utf8Bytes(input) > LONGEST) throw new DomainError('invalid_password', `A password has at most ${LONGEST} bytes.`);
  return input as Password;
}

/** Whether a new account may have it: 8 bytes or more. Accounts that came from the original app may have a shorter one. */
export const isLongEnough = (password: Password): boolean => utf8Bytes(password) >= SHORTEST;

/** What is said to a short password that lets nobody in, alike for names that exist and for those that do not. */
export function tooShort(): DomainError {
  return new DomainError('invalid_password', `A password has at least ${SHORTEST} characters.`);
}

/**
 * Refuses to a new account the passwords that are guessed first. Existing accounts keep theirs. Variations, such as the name
 * with a year behind it, pass: the limits on guessing hold those, and a rule that caught them all would refuse good passwords.
 * @throws DomainError `invalid_password`
 */
export function assertHardToGuess(password: Password, name: Username): void {
  if (usernameKey(password) === usernameKey(name)) {
    throw new DomainError('invalid_password', 'Your password must not be your username. Choose another one.');
  }
  if (COMMON_PASSWORDS.has(password.normalize('NFKC').toLowerCase())) {
    throw new DomainError('invalid_password', 'This is one of the most common passwords. Choose another one.');
  }
}
