import { codePoints } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded, ChatId } from '../ids.ts';
import { hasStrayFormatCharacters, REORDERS, showsSomething } from '../visible-text.ts';

/** 1–80 code points, trimmed, something to see, no control characters and none that reorder or hide. */
export type ChatName = Branded<string, 'ChatName'>;

/**
 * A chat's counter. Each change that followers see takes the next value, with no gap: whoever has seen every revision up
 * to n has seen everything up to n. 0 is the revision of a chat in which nothing has happened.
 */
export type Revision = Branded<number, 'Revision'>;

export interface Chat {
  readonly id: ChatId;
  readonly name: ChatName;
  readonly revision: Revision;
}

const LONGEST = 80;

export const revision = (value: number): Revision => value as Revision;

/** @throws DomainError `invalid_chat_name` */
export function chatName(input: string): ChatName {
  const name = input.normalize('NFC').trim();
  const length = codePoints(name);
  if (length < 1 || length > LONGEST) refuse(`A chat's name has 1 to ${LONGEST} characters.`);
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) refuse("A chat's name has no control characters.");
  if (REORDERS.test(name) || hasStrayFormatCharacters(name)) {
    refuse("A chat's name has no invisible characters and none that change the direction of text.");
  }
  if (!showsSomething(name)) refuse("A chat's name has something to see.");
  return name as ChatName;
}

function refuse(why: string): never {
  throw new DomainError('invalid_chat_name', why);
}
