import { utf8Bytes } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';

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
