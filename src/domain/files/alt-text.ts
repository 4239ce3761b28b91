import { codePoints } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';

/** Says what an image shows, to people who do not see it. On one line, never empty. */
export type AltText = Branded<string, 'AltText'>;

/** Maximum code points of an alternative text. */
export const MAX_ALT_LENGTH = 1_000;

/** Undefined for a text of which nothing is left. @throws DomainError `invalid_alt` for one that is too long */
export function altText(input: string): AltText | undefined {
  const text = input
    .toWellFormed()
    .replaceAll(/[\p{White_Space}\p{Cc}]+/gu, ' ')
    .trim();
  if (codePoints(text) > MAX_ALT_LENGTH)
    throw new DomainError('invalid_alt', `An alternative text has at most ${MAX_ALT_LENGTH} characters.`);
  return text === '' ? undefined : (text as AltText);
}

/** @throws DomainError `invalid_alt` for a file that is no image */
export function assertDescribable({ type }: { readonly type: string }): void {
  if (!isImage(type)) throw new DomainError('invalid_alt', 'Only images have an alternative text.');
}

export const isImage = (type: string): boolean => type.startsWith('image/');
