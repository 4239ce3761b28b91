import type { NamedEmoji } from '../../../../domain/messages/text/emoji-of.ts';

export interface FoundEmoji {
  readonly emoji: string;
  /** The shortcode that was found. */
  readonly name: string;
}

export interface EmojiQuery {
  readonly all: readonly NamedEmoji[];
  readonly typed: string;
  /** Emoji that the reader chose before, in any skin tone, the last one first. */
  readonly recent: readonly string[];
}

/**
 * The emoji that have a shortcode, or a word within one, that begins with what is typed. The one whose shortcode it is comes
 * first, then recently used ones, then those whose shortcode begins with it, short ones before long ones.
 */
export function findEmoji({ all, typed, recent }: EmojiQuery): readonly FoundEmoji[] {
  const wanted = typed.toLowerCase();
  const used = recent.map(untoned);
  const order = ({ emoji, rank }: Ranked) =>
    rank === WHOLE ? -1 : used.includes(untoned(emoji)) ? used.indexOf(untoned(emoji)) : used.length;
  return all
    .flatMap((one) => bestOf(one, wanted) ?? [])
    .sort((a, b) => order(a) - order(b) || a.rank - b.rank || a.name.length - b.name.length);
}

/** A skin tone takes the place of the variation selector. */
const untoned = (emoji: string): string => emoji.replace(/[\ufe0f\u{1f3fb}-\u{1f3ff}]/gu, '');

interface Ranked extends FoundEmoji {
  readonly rank: number;
}

const WHOLE = 0;
const BEGINS = 1;
const WORD = 2;

function bestOf({ emoji, names }: NamedEmoji, wanted: string): Ranked | undefined {
  let best: Ranked | undefined;
  for (const name of names) {
    const rank = rankOf(name, wanted);
    if (rank !== undefined && rank < (best?.rank ?? Infinity)) best = { emoji, name, rank };
  }
  return best;
}

function rankOf(name: string, wanted: string): number | undefined {
  if (name.startsWith(wanted)) return name === wanted ? WHOLE : BEGINS;
  return name.includes(`_${wanted}`) || name.includes(`-${wanted}`) ? WORD : undefined;
}
