import { codePoints } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded, ChatId } from '../ids.ts';
import { hasStrayFormatCharacters, PLACEHOLDER, REORDERS, showsSomething } from '../visible-text.ts';

/** 1–80 code points, NFC, trimmed, at least one of them visible; no control characters and none that hide or reorder text. */
export type ChatName = Branded<string, 'ChatName'>;

/**
 * A chat's counter. Each change that followers see takes the next value, with no gap: a follower that has seen every revision up to
 * n has seen everything up to n. A new chat has revision 0.
 */
export type Revision = Branded<number, 'Revision'>;

export interface Chat {
  readonly id: ChatId;
  readonly name: ChatName;
  readonly revision: Revision;
  /** Shortest time between two posts of a member, in seconds; undefined without slow mode, and where it was not read. */
  readonly slowSeconds?: number | undefined;
  /** When the chat was archived, in milliseconds since 1970; undefined where it is not, and where it was not read. */
  readonly archivedAt?: number | undefined;
  /** Undefined in a chat that keeps its messages and never erased any, and where it was not read. */
  readonly retention?: Retention | undefined;
}

/** How long the messages of a chat are kept. */
export interface Retention {
  /** After how many days messages are erased; 0 keeps them. */
  readonly days: number;
  /** Counts the settings and the jobs that carry them out, so that only the newest job goes on. */
  readonly version: number;
  /** The messages at this position and before are erased; 0 for none. */
  readonly erasedTo: Revision;
}

const MAX_CODE_POINTS = 80;

export const revision = (value: number): Revision => value as Revision;

/** @throws DomainError `invalid_chat_name` */
export function chatName(input: string): ChatName {
  const name = input.normalize('NFC').trim();
  const length = codePoints(name);
  if (length < 1 || length > MAX_CODE_POINTS) refuse(`A chat name has 1 to ${MAX_CODE_POINTS} characters.`);
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) refuse('A chat name cannot have control characters.');
  if (REORDERS.test(name) || hasStrayFormatCharacters(name)) {
    refuse('A chat name cannot have invisible characters or ones that change the direction of text.');
  }
  if (PLACEHOLDER.test(name)) refuse('A chat name cannot have a code point that stands for no character.');
  if (!showsSomething(name)) refuse('A chat name must have at least one visible character.');
  return name as ChatName;
}

function refuse(why: string): never {
  throw new DomainError('invalid_chat_name', why);
}
