import { codePoints, utf8Bytes } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';

/** 1–10,000 code points and at most 40,000 bytes of UTF-8, not only white space, no NUL; kept as it came. */
export type MessageBody = Branded<string, 'MessageBody'>;

/** In code points. */
export const LONGEST_MESSAGE = 10_000;
const LARGEST = 40_000;

/** @throws DomainError `invalid_message` */
export function messageBody(input: string): MessageBody {
  if (input.trim() === '') refuse('A message says something.');
  if (input.includes('\0')) refuse('A message has no NUL character.');
  if (!input.isWellFormed()) refuse('A message has no half of a surrogate pair.');
  // A UTF-16 unit is at most one code point and three bytes: the usual message is let through without counting.
  if (input.length > LONGEST_MESSAGE && codePoints(input) > LONGEST_MESSAGE)
    refuse('A message has at most 10,000 characters.');
  if (input.length * 3 > LARGEST && utf8Bytes(input) > LARGEST) refuse('A message has at most 40,000 bytes.');
  return input as MessageBody;
}

function refuse(why: string): never {
  throw new DomainError('invalid_message', why);
}
