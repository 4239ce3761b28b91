const MOST = 6;
const EMOJI_ONLY = new RegExp(`^\\s*(?:\\p{RGI_Emoji}\\s*){1,${MOST}}$`, 'v');
const LONGEST = 100;

/** Whether a text is nothing but a few emoji, which then deserve to be seen. */
export function isEmojiOnly(text: string): boolean {
  // Most texts begin with a letter; the digits and marks that keycaps begin with stand below those.
  return text.length <= LONGEST && !BEGINS_WITH_LETTER.test(text) && EMOJI_ONLY.test(text);
}

const BEGINS_WITH_LETTER = /^[\x3a-\x7e]/;
