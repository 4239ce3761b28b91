import { EMOJI_TABLE } from './emoji-table.ts';
import type { EmojiOf } from './shortcodes.ts';

/** Knows the shortcodes of GitHub, of emojibase and of Slack. Browsers load this module when they need it. */
export const emojiOf: EmojiOf = (shortcode) => {
  emojiByName ??= readTable();
  return emojiByName.get(shortcode);
};

let emojiByName: ReadonlyMap<string, string> | undefined;

function readTable(): ReadonlyMap<string, string> {
  const entries = EMOJI_TABLE.trim().split(/[|\n]/);
  return new Map(
    entries.flatMap((entry) => {
      const [emoji = '', ...names] = entry.split(' ');
      return names.map((name) => [name, emoji]);
    }),
  );
}
