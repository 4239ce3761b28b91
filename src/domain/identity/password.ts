import { utf8Bytes } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';

/** 8–1,024 bytes of UTF-8, exactly as typed. */
export type Password = Branded<string, 'Password'>;

const SHORTEST = 8;
const LONGEST = 1024;

/** @throws DomainError `invalid_password` */
export function password(input: string): Password {
  const bytes = utf8Bytes(input);
  if (bytes < SHORTEST) throw new DomainError('invalid_password', `A password has at least ${SHORTEST} characters.`);
  if (bytes > LONGEST) throw new DomainError('invalid_password', `A password has at most ${LONGEST} bytes.`);
  return input as Password;
}
