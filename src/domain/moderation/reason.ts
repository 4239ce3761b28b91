import { codePoints } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';

/** Why something was done, on one line of at most 200 code points, trimmed. It may be empty where nobody has to say why. */
export type Reason = Branded<string, 'Reason'>;

export const MAX_REASON = 200;

export const NO_REASON = '' as Reason;

/** @throws DomainError `invalid_reason` */
export function optionalReason(input = ''): Reason {
  const text = input.normalize('NFC').trim();
  if (codePoints(text) > MAX_REASON || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text))
    throw new DomainError('invalid_reason', `A reason is one line of at most ${MAX_REASON} characters.`);
  return text as Reason;
}

/** @throws DomainError `invalid_reason`, also for an empty one */
export function reason(input: string): Reason {
  const text = optionalReason(input);
  if (text === '') throw new DomainError('invalid_reason', 'Say why, in a few words.');
  return text;
}
