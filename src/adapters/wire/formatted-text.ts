import { parseText } from '../../domain/messages/text/parse-text.ts';
import type { EmojiOf } from '../../domain/messages/text/shortcodes.ts';
import { sourceOf } from '../../domain/messages/text/source-text.ts';
import type { Inline, TextTree } from '../../domain/messages/text/text-tree.ts';
import { isEmojiOnly } from './emoji-only.ts';
import { type MentionMarks, mentionMarks } from './mention-marks.ts';
import type { WireMessage } from './message.ts';
import type { FormattedText } from './message-row.ts';

/** Everything that the template of a text shows. */
export interface TextParts {
  readonly blocks: TextTree;
  readonly mentioned: MentionMarks;
}

export interface FormatOptions {
  readonly emojiOf: EmojiOf;
  /** The template `partials/text.eta`. */
  readonly render: (parts: TextParts) => string;
}

/** Makes the function that formats messages which may have markup. */
export const formatter =
  ({ emojiOf, render }: FormatOptions) =>
  (message: WireMessage, viewerId: number): FormattedText => {
    const blocks = parseText(message.text, emojiOf);
    return {
      html: render({ blocks, mentioned: mentionMarks(message, viewerId) }),
      hasBlocks: blocks.length > 1 || blocks[0]?.kind !== 'paragraph',
      source: sourceOf(blocks) === message.text ? null : message.text,
      isEmojiOnly: isEmojiOnly(unformatted(blocks)),
    };
  };

/** The text of a message that has no other markup than shortcodes. */
function unformatted([first, ...others]: TextTree): string {
  if (others.length > 0 || first?.kind !== 'paragraph') return '';
  return first.inlines.map(textOrEmoji).join('');
}

/** A letter stands for everything else. */
const textOrEmoji = (inline: Inline): string =>
  inline.kind === 'text' ? inline.text : inline.kind === 'emoji' ? inline.emoji : 'x';
