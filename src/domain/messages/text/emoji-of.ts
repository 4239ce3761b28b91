import { EMOJI_TABLE } from './emoji-table.ts';
import type { EmojiOf } from './shortcodes.ts';

/** Knows the shortcodes of GitHub, of emojibase and of Slack. Browsers load this module when they need it. */
export const emojiOf: EmojiOf = (shortcode) => {
  emojiByName ??= readTable();
  return emojiByName.get(shortcode);
};

/** An emoji and its shortcodes, the usual one first. */
export interface NamedEmoji {
  readonly emoji: string;
  readonly names: readonly string[];
}

/** All emoji that have shortcodes, in the order of Unicode's list. */
export function namedEmoji(): readonly NamedEmoji[] {
  return EMOJI_TABLE.trim()
    .split(/[|\n]/)
    .map((entry) => {
      const [emoji = '', ...names] = entry.split(' ');
      return { emoji, names };
    });
}

let emojiByName: ReadonlyMap<string, string> | undefined;

const readTable = (): ReadonlyMap<string, string> =>
  new Map(namedEmoji().flatMap(({ emoji, names }) => names.map((name) => [name, emoji])));
