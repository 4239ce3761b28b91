import { WORD } from './addresses.ts';

/** Finds the emoji for a shortcode (`wave`); undefined for an unknown one. */
export type EmojiOf = (shortcode: string) => string | undefined;

/** A shortcode does not begin or end within a word: `10:30:45`, `std::vector::iterator`. */
const SHORTCODE = new RegExp(`(?<!${WORD}|[_:])(:[a-z0-9_+-]{1,48}:)(?!${WORD}|_)`, 'uy');
/** The colon before it belongs to another shortcode. */
const NEXT_SHORTCODE = new RegExp(`(:[a-z0-9_+-]{1,48}:)(?!${WORD}|_)`, 'uy');

/** The shortcode that begins at a place in the text, with its colons. */
export function shortcodeAt(text: string, at: number, follows: { readonly endAt: number }): string | undefined {
  const pattern = follows.endAt === at ? NEXT_SHORTCODE : SHORTCODE;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[1];
}
