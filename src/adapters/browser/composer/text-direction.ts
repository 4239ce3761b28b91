import { LONGEST_MESSAGE } from '../../../domain/messages/message-body.ts';

/** Only the beginning of a text, which may have a megabyte, is searched for a strong character. */
const BEGINNING = 1_000;

const STRONG = /[\u200e\u200f]|\p{L}/u;
/** Blocks of the right-to-left scripts, and the right-to-left mark. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Puts a text into a box, whose direction follows. */
export function setText(box: { dir: string; value: string }, text: string): void {
  // Before the text is there: a long one is slow to lay out in the wrong direction.
  box.dir = directionOf(text);
  if (box.value !== text) box.value = text;
}

/**
 * The `dir` for a box with this text. With `auto` each paragraph has its own direction, but browsers freeze for many seconds
 * over a text that is much longer than a message: such a text gets the direction of its first strong character.
 */
export function directionOf(text: string): 'auto' | 'ltr' | 'rtl' {
  if (text.length <= 2 * LONGEST_MESSAGE) return 'auto';
  const strong = text.slice(0, BEGINNING).match(STRONG)?.[0];
  return strong !== undefined && RIGHT_TO_LEFT.test(strong) ? 'rtl' : 'ltr';
}
