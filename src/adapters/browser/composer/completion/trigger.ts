import { WORD } from '../../../../domain/messages/text/addresses.ts';
import { endsInCode } from './open-code.ts';

/** The name at the caret that can be completed. */
export interface Trigger {
  /** The index of the `@`. */
  readonly start: number;
  /** What was typed after it. */
  readonly typed: string;
  /** Whether the name begins with a quotation mark. */
  readonly isQuoted: boolean;
}

/** Maximum length in UTF-16 units of what is completed. A name has 64 at most. */
const MAX_LENGTH = 80;

/** In the middle of a word and of an address, and after a backslash, an `@` means nothing. */
const NAME = new RegExp(`(?<!${WORD}|[\\p{M}_@/\\\\])@(?:"(?<quoted>[^"\\n]*)|(?<bare>[^\\s@"][^\\n@"]*)?)$`, 'u');
const IN_ADDRESS = /(?:\/\/|www\.)\S*$/i;
/** A quote mentions no member. */
const IN_QUOTE = /^ {0,3}>.*$/;

/** The name that ends at the caret. Undefined where none can be mentioned, as in code. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const begin = Math.max(0, caret - MAX_LENGTH);
  const found = NAME.exec(text.slice(begin, caret));
  if (!found) return undefined;
  const start = begin + found.index;
  const before = text.slice(0, start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (IN_ADDRESS.test(line) || IN_QUOTE.test(line) || endsInCode(before)) return undefined;
  const { quoted, bare = '' } = found.groups ?? {};
  return { start, typed: quoted ?? bare, isQuoted: quoted !== undefined };
}
