import { codePoints } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';
import { showsSomething } from '../visible-text.ts';

/** 1–32 code points, NFC, trimmed of spaces; what people see. */
export type Username = Branded<string, 'Username'>;
/** What makes two names the same: NFKC and case folded. Unique among users, never shown. */
export type UsernameKey = Branded<string, 'UsernameKey'>;

const LONGEST = 32;
const SPACE = /\p{Zs}/u;
/** `:` because plain frames read `name: text`; the rest because it is invisible and lets one name pass for another. */
const FORBIDDEN = /[:\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** @throws DomainError `invalid_username` */
export function username(input: string): Username {
  const name = trimSpaces(input.normalize('NFC'));
  const length = codePoints(name);
  if (length < 1 || length > LONGEST) refuse(`A username has 1 to ${LONGEST} characters.`);
  if (FORBIDDEN.test(name)) refuse('A username has no colon and no control or invisible characters.');
  if (usernameKey(name) === '') refuse('A username has something to see.');
  return name as Username;
}

/**
 * What a new account's name must be besides. Accounts that are older than this rule keep their names and sign in by them.
 * @throws DomainError `invalid_username`
 */
export function assertShows(name: Username): void {
  if (!showsSomething(name)) refuse('A username has something to see.');
}

/**
 * What Unicode calls NFKC_Casefold, which JavaScript does not have: compatible characters are one, case is nothing, and
 * what is not seen (variation selectors, fillers, joiners) does not count. Upper-casing first opens what folds to several
 * letters (`ß` to `ss`); the capital `ẞ` has to be brought to it, and the final sigma depends on its neighbours.
 */
export function usernameKey(name: string): UsernameKey {
  const visible = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  const folded = visible.replaceAll('ẞ', 'ß').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return folded.normalize('NFKC') as UsernameKey;
}

/** An expression for the spaces at the end would look at those in the middle once for each of them. */
function trimSpaces(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && SPACE.test(text.charAt(start))) start += 1;
  while (start < end && SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function refuse(why: string): never {
  throw new DomainError('invalid_username', why);
}
