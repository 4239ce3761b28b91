import { utf8Bytes } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import { type Username, usernameKey } from './username.ts';

/** At most 1,024 bytes of UTF-8, exactly as typed. Enough to be compared with a stored hash; new accounts need more. */
export type Password = Branded<string, 'Password'>;

const MIN_BYTES = 8;
const MAX_BYTES = 1024;

/** @throws DomainError `invalid_password` */
export function password(input: string): Password {
  if (utf8Bytes(input) > MAX_BYTES)
    throw new DomainError('invalid_password', `A password has at most ${MAX_BYTES} bytes.`);
  return input as Password;
}

/** New accounts need 8 bytes or more. Accounts of the original app may have a shorter password. */
export const isLongEnough = (password: Password): boolean => utf8Bytes(password) >= MIN_BYTES;

/** The refusal of a short password that is wrong. It is the same for known and for unknown names. */
export function tooShort(): DomainError {
  return new DomainError('invalid_password', `A password has at least ${MIN_BYTES} characters.`);
}

/**
 * Refuses the passwords that attackers guess first: the name, the words of this place, and the most common ones. Holds for new passwords only. Variations
 * of the name, such as the name followed by a year, are accepted: the limits on guessing protect those, and a rule that caught them all would
 * refuse good passwords.
 * @throws DomainError `invalid_password`
 */
export function assertHardToGuess(password: Password, name: Username): void {
  if (usernameKey(password) === usernameKey(name)) {
    throw new DomainError('invalid_password', 'Your password cannot be your username. Choose another one.');
  }
  if (isContextWord(password)) {
    throw new DomainError(
      'invalid_password',
      'Your password cannot be the name of this chat with a few digits. Choose another one.',
    );
  }
  if (COMMON_PASSWORDS.has(password.normalize('NFKC').toLowerCase())) {
    throw new DomainError('invalid_password', 'This is one of the most common passwords. Choose another one.');
  }
}

/**
 * The password that somebody wants from now on.
 * @throws DomainError `invalid_password`
 */
export function newPassword(input: string, name: Username): Password {
  const wanted = password(input);
  if (!isLongEnough(wanted)) throw tooShort();
  assertHardToGuess(wanted, name);
  return wanted;
}

/** Words of this place, with which guesses begin: alone or several, with digits and punctuation around them. */
const CONTEXT = /^(?:shoal|chat|login|signin|server|selfhosted)+$/;

function isContextWord(password: Password): boolean {
  return CONTEXT.test(
    password
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}]/gu, ''),
  );
}
