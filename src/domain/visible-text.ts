/** Characters that show nothing although their category says otherwise: blank Braille, fillers of Hangul and other scripts. */
const BLANK = /[\p{Default_Ignorable_Code_Point}\u2800\u{1d159}\u{13441}\u{13442}\u{16fe4}]/gu;
/**
 * Letters, digits, punctuation and symbols: marks need one of them to stand on. Of the code points that are unassigned in this
 * version of Unicode only those that are reserved for emoji count, because readers may have newer emoji than the server. Fonts have
 * no glyph for the others, nor for private use.
 */
const BASE = /[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]/u;

/** Code points that stand for no character of their own: noncharacters, and the placeholder of an embedded object. */
export const PLACEHOLDER = /[\p{Noncharacter_Code_Point}\ufffc]/u;

/** False for blanks and invisible characters alone, and for marks on nothing. */
export function showsSomething(text: string): boolean {
  return BASE.test(text.replace(BLANK, ''));
}

/** Characters that change the order in which the text around them is displayed. */
export const REORDERS = /\p{Bidi_Control}|[\u206a-\u206f]/u;

/**
 * Invisible characters that ordinary names need: the joiners of scripts that shape letters with them, such as Arabic and Devanagari,
 * the joiner inside an emoji, and the tags of a flag such as Scotland's.
 */
const NEEDED = new RegExp(
  [
    String.raw`(?<=[[\p{L}\p{M}]--[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]])[\u200c\u200d]`,
    String.raw`(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\u{1f3f4})[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}`,
  ].join('|'),
  'gv',
);

/** Whether the text has format characters (Unicode's Cf) where neither its script nor an emoji needs them. */
export function hasStrayFormatCharacters(text: string): boolean {
  return /\p{Cf}/u.test(text.replace(NEEDED, ''));
}
