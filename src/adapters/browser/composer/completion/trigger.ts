import { WORD } from '../../../../domain/messages/text/addresses.ts';
import { endsInCode } from './open-code.ts';

/** The word at the caret that can be completed. */
export interface Trigger {
  readonly kind: 'people' | 'emoji';
  /** The index of the `@` or `:`. */
  readonly start: number;
  /** What was typed after it. */
  readonly typed: string;
  /** Whether the name begins with a quotation mark. */
  readonly isQuoted: boolean;
}

/** Maximum length in UTF-16 units of what is completed. A name has 64 at most. */
const MAX_LENGTH = 80;

/** In the middle of a word and of an address, and after a backslash, a sign means nothing. */
const NOT_AFTER = `(?<!${WORD}|[\\p{M}_/\\\\])`;
/** Names have no colon. */
const NAME = new RegExp(`${NOT_AFTER}(?<!@)@(?:"(?<quoted>[^"\\n:]*)|(?<bare>[^\\s@":][^\\n@":]*)?)$`, 'u');
/** Faces such as `:-D` are none. */
const SHORTCODE = new RegExp(`${NOT_AFTER}(?<!:):(?<code>(?:[a-z0-9][a-z0-9_+-]+|[+-]1))$`, 'iu');
const IN_ADDRESS = /(?:\/\/|www\.)\S*$/i;
/** A quote mentions no member. */
const IN_QUOTE = /^ {0,3}>.*$/;

/** The word that ends at the caret. Undefined where none can be completed, as in code. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const begin = Math.max(0, caret - MAX_LENGTH);
  const found = find(text.slice(begin, caret), begin);
  if (!found) return undefined;
  const before = text.slice(0, found.start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (IN_ADDRESS.test(line) || (found.kind === 'people' && IN_QUOTE.test(line))) return undefined;
  return endsInCode(before) ? undefined : found;
}

function find(text: string, begin: number): Trigger | undefined {
  const name = NAME.exec(text);
  if (name) {
    const { quoted, bare = '' } = name.groups ?? {};
    return { kind: 'people', start: begin + name.index, typed: quoted ?? bare, isQuoted: quoted !== undefined };
  }
  const shortcode = SHORTCODE.exec(text);
  const typed = shortcode?.groups?.code ?? '';
  // Two digits are the minutes of a time.
  return shortcode && /[a-z+-]/i.test(typed)
    ? { kind: 'emoji', start: begin + shortcode.index, typed, isQuoted: false }
    : undefined;
}
