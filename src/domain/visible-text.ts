/** Characters that have a category of what is seen and show nothing: blank Braille, fillers of Hangul and other scripts. */
const BLANK = /[\p{Default_Ignorable_Code_Point}\u2800\u{1d159}\u{13441}\u{13442}\u{16fe4}]/gu;
/** Letters, digits, punctuation, symbols, and what this version of Unicode does not know yet. Marks need one to stand on. */
const BASE = /[\p{L}\p{N}\p{P}\p{S}\p{Co}\p{Cn}]/u;

/** Whether a reader sees anything of the text: neither blanks and invisible characters alone, nor marks on nothing. */
export function showsSomething(text: string): boolean {
  return BASE.test(text.replace(BLANK, ''));
}

/** Characters that change the order in which the text around them is shown. */
export const REORDERS = /\p{Bidi_Control}|[\u206a-\u206f]/u;

/**
 * Invisible characters that honest names need: the joiners of Arabic, Indic and other scripts that shape letters by them, the
 * joiner within an emoji, and the tags of a flag such as Scotland's.
 */
const NEEDED = new RegExp(
  [
    String.raw`(?<=[[\p{L}\p{M}]--[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]])[\u200c\u200d]`,
    String.raw`(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\u{1f3f4})[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}`,
  ].join('|'),
  'gv',
);

/** Whether format characters (Unicode's Cf) stand in the text where no script and no emoji needs them. */
export function hasStrayFormatCharacters(text: string): boolean {
  return /\p{Cf}/u.test(text.replace(NEEDED, ''));
}
