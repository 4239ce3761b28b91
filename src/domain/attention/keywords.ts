import { codePoints } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';
import type { MessageBody } from '../messages/message-body.ts';
import { parseText } from '../messages/text/parse-text.ts';
import { plainText, SPOILER } from '../messages/text/plain-text.ts';
import type { TextTree } from '../messages/text/text-tree.ts';
import { showsSomething } from '../visible-text.ts';

/** A word or phrase that a member is notified of as if it mentioned them. */
export type Keyword = Branded<string, 'Keyword'>;

export const MAX_KEYWORDS = 50;
/** In code points. */
const LONGEST = 64;

/**
 * @param words as they were written; empty ones, and those that differ from an earlier one in case only, are left out
 * @throws DomainError `invalid_notifications`
 */
export function keywords(words: readonly string[]): readonly Keyword[] {
  const byKey = new Map<string, Keyword>();
  for (const word of words.map((each) => each.normalize('NFC').replace(/\s+/gu, ' ').trim())) {
    if (word === '' || byKey.has(keyOf(word))) continue;
    if (/[\p{Cc}\p{Cs}]/u.test(word) || !showsSomething(word) || codePoints(word) > LONGEST)
      throw new DomainError(
        'invalid_notifications',
        `A keyword has at most ${LONGEST} characters, all of them visible.`,
      );
    byKey.set(keyOf(word), word as Keyword);
  }
  if (byKey.size > MAX_KEYWORDS)
    throw new DomainError('invalid_notifications', `You can have at most ${MAX_KEYWORDS} keywords.`);
  return [...byKey.values()];
}

/**
 * Whether a text has one of the keywords as a whole word, in upper or lower case, with or without markup. Quotes and spoilers do not
 * count: the words of the former are others', and a notification would give away those of the latter.
 */
export function hasKeyword(text: MessageBody, wanted: readonly Keyword[]): boolean {
  if (wanted.length === 0) return false;
  const shown = keyOf(plainText(unquoted(parseText(text))).replaceAll(SPOILER, ' '));
  return wanted.some((keyword) => hasWord(shown, keyOf(keyword)));
}

const keyOf = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ');

const unquoted = (tree: TextTree): TextTree =>
  tree
    .filter(({ kind }) => kind !== 'quote')
    .map((block) => (block.kind === 'list' ? { ...block, items: block.items.map(unquoted) } : block));

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    // Two units have a whole character, and looking at more would take too long in a text of many matches.
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + word.length, at + word.length + 2);
    if (!goesOn(before, word) && !goesOn(word, after)) return true;
  }
  return false;
}

/** Letters, marks and digits, except of scripts that put no spaces between words. */
const IN_WORD = String.raw`[[\p{L}\p{M}\p{N}_]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]]`;
const ENDS_IN_WORD = new RegExp(`${IN_WORD}$`, 'v');
const BEGINS_IN_WORD = new RegExp(`^${IN_WORD}`, 'v');

/** Whether the end of one and the beginning of the other belong to one word. */
const goesOn = (one: string, other: string): boolean => ENDS_IN_WORD.test(one) && BEGINS_IN_WORD.test(other);
