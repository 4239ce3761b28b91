import { blocksOf } from './blocks.ts';
import { hasMarkup } from './markup.ts';
import type { EmojiOf } from './shortcodes.ts';
import type { TextTree } from './text-tree.ts';

/**
 * Parses a message's text. Markup that is not closed is plain text, so every text has a tree. Takes time linear in the length.
 * @param emojiOf finds the emoji for a shortcode; a shortcode without one is plain text
 */
export function parseText(text: string, emojiOf: EmojiOf = () => undefined): TextTree {
  if (!hasMarkup(text)) return [{ kind: 'paragraph', inlines: [{ kind: 'text', text }] }];
  return blocksOf(text.split(/\r?\n/), { emojiOf, depth: 0, isQuoted: false });
}
