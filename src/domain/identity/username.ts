import { codePoints } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';
import { PLACEHOLDER, showsSomething } from '../visible-text.ts';

/** A name as people see it: 1–32 code points, NFC, without spaces around it. */
export type Username = Branded<string, 'Username'>;
/** Two names with the same key are one name. NFKC, case folded; unique among users, never displayed. */
export type UsernameKey = Branded<string, 'UsernameKey'>;

const MAX_CODE_POINTS = 32;
const SHOWS_NOTHING = 'A username must have at least one visible character.';
/** What people are called whose accounts were deleted. */
export const RESERVED_NAME = 'former member';
const SPACE = /\p{Zs}/u;
/** `:` because plain-text frames are `name: text`; the others because an invisible character makes one name look like another. */
const FORBIDDEN = /[:\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** @throws DomainError `invalid_username` */
export function username(input: string): Username {
  const name = trimSpaces(input.normalize('NFC'));
  const length = codePoints(name);
  if (length < 1 || length > MAX_CODE_POINTS) refuse(`A username has 1 to ${MAX_CODE_POINTS} characters.`);
  if (FORBIDDEN.test(name)) refuse('A username cannot have a colon, or control or invisible characters.');
  if (usernameKey(name) === '') refuse(SHOWS_NOTHING);
  return name as Username;
}

/**
 * Holds for new accounts only: accounts that are older than these rules keep their names and sign in with them.
 * @throws DomainError `invalid_username`
 */
export function assertPresentable(name: Username): void {
  if (!showsSomething(name)) refuse(SHOWS_NOTHING);
  if (usernameKey(name) === RESERVED_NAME) refuse('Nobody can be called that: it stands for people who have left.');
  if (PLACEHOLDER.test(name)) refuse('A username cannot have a code point that stands for no character.');
}

/**
 * Unicode's NFKC_Casefold, which JavaScript lacks: compatible characters, upper and lower case are equal, and invisible characters
 * (variation selectors, fillers, joiners) are dropped. Upper-casing first expands letters that fold to several (`ß` to `ss`). The
 * capital `ẞ` does not expand, and the final sigma depends on its neighbours, so both are replaced.
 */
export function usernameKey(name: string): UsernameKey {
  const visible = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  const folded = visible.replaceAll('ẞ', 'ß').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return folded.normalize('NFKC') as UsernameKey;
}

/** Linear: a regular expression for trailing spaces would take quadratic time on spaces in the middle. */
function trimSpaces(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && SPACE.test(text.charAt(start))) start += 1;
  while (start < end && SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function refuse(why: string): never {
  throw new DomainError('invalid_username', why);
}
