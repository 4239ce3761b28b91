import { DomainError } from '../errors.ts';
import type { Emoji } from './tally.ts';

/** One emoji that is recommended for general interchange: a whole flag, family or skin tone counts as one. */
const RGI_EMOJI = /^\p{RGI_Emoji}$/v;
/** UTF-16 units of the longest emoji, and some room: longer texts are refused without looking at them. */
const MAX_UNITS = 64;
const EMOJI_STYLE = '\ufe0f';
const MISPLACED_STYLE = /^\ufe0f|\ufe0f\ufe0f/;
/** Shown as text unless the variation selector or a skin tone follows it. */
const NEEDS_STYLE = /(?=\p{Emoji})\P{Emoji_Presentation}(?!\p{Emoji_Modifier})/gv;

/** Forms that were found. The expression is large, and engines drop its compiled code when memory is collected. */
const forms = new Map<string, Emoji>();
const MAX_REMEMBERED = 1_000;

/**
 * The one form of an emoji. Keyboards disagree on U+FE0F: the sequence with and without it is the same emoji, and the form that
 * is kept is the one that is an RGI emoji.
 * @throws DomainError `invalid_emoji`
 */
export function emoji(input: string): Emoji {
  const found = input.length <= MAX_UNITS ? (forms.get(input) ?? formOf(input)) : undefined;
  if (found === undefined) throw new DomainError('invalid_emoji', 'A reaction is one emoji.');
  if (forms.size >= MAX_REMEMBERED) forms.clear();
  forms.set(input, found);
  return found;
}

function formOf(input: string): Emoji | undefined {
  if (MISPLACED_STYLE.test(input)) return undefined;
  const plain = input.replaceAll(EMOJI_STYLE, '');
  const styled = plain.replace(NEEDS_STYLE, (character) => character + EMOJI_STYLE);
  return [plain, styled].find(isEmoji);
}

const isEmoji = (text: string): text is Emoji => RGI_EMOJI.test(text);
