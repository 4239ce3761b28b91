import { codePoints, utf8Bytes } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';

/**
 * 1–10,000 code points and at most 40,000 bytes of UTF-8, not only white space, no NUL; stored unchanged. The text of a message with
 * files may be empty.
 */
export type MessageBody = Branded<string, 'MessageBody'>;

/** In code points. */
export const LONGEST_MESSAGE = 10_000;
const MAX_BYTES = 40_000;

/** @throws DomainError `invalid_message` */
export function messageBody(input: string): MessageBody {
  if (input.trim() === '') refuse('A message cannot be empty.');
  if (input.includes('\0')) refuse('A message cannot have a NUL character.');
  if (!input.isWellFormed()) refuse('A message cannot have half of a surrogate pair.');
  // A UTF-16 unit is at most one code point and three bytes, so most messages need no counting.
  if (input.length > LONGEST_MESSAGE && codePoints(input) > LONGEST_MESSAGE)
    refuse('A message has at most 10,000 characters.');
  if (input.length * 3 > MAX_BYTES && utf8Bytes(input) > MAX_BYTES) refuse('A message has at most 40,000 bytes.');
  return input as MessageBody;
}

/** The text of a message that may have files. Only white space counts as nothing. @throws DomainError `invalid_message` */
export function captionBody(input: string, { files }: { readonly files: readonly unknown[] }): MessageBody {
  return files.length > 0 && input.trim() === '' ? NOTHING : messageBody(input);
}

const NOTHING = '' as MessageBody;

function refuse(why: string): never {
  throw new DomainError('invalid_message', why);
}
