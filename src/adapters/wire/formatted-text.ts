import { parseText } from '../../domain/messages/text/parse-text.ts';
import type { EmojiOf } from '../../domain/messages/text/shortcodes.ts';
import { sourceOf } from '../../domain/messages/text/source-text.ts';
import type { Inline, TextTree } from '../../domain/messages/text/text-tree.ts';
import { isEmojiOnly } from './emoji-only.ts';
import { type MentionMarks, mentionMarks } from './mention-marks.ts';
import type { WireMessage } from './message.ts';
import type { FormattedText } from './message-row.ts';
import { type ShownCard, shownCard } from './shown-card.ts';
import { type ShownFile, shownFile } from './shown-file.ts';

/** Everything that the template of a text shows. */
export interface TextParts {
  readonly blocks: TextTree;
  readonly mentioned: MentionMarks;
  readonly files: readonly ShownFile[];
  readonly card: ShownCard | undefined;
}

export interface FormatOptions {
  readonly emojiOf: EmojiOf;
  /** The template `partials/text.eta`. */
  readonly render: (parts: TextParts) => string;
}

/** Makes the function that formats messages which may have markup or files. */
export const formatter =
  ({ emojiOf, render }: FormatOptions) =>
  (message: WireMessage, viewerId: number): FormattedText => {
    const blocks = parseText(message.text, emojiOf);
    const files = message.files.map(shownFile);
    const card = shownCard(message, viewerId);
    const hasMore = files.length > 0 || card !== undefined;
    return {
      html: render({ blocks, mentioned: mentionMarks(message, viewerId), files, card }),
      hasBlocks: hasMore || blocks.length > 1 || blocks[0]?.kind !== 'paragraph',
      // Files and cards are no part of the text that is edited and copied.
      source: !hasMore && sourceOf(blocks) === message.text ? null : message.text,
      isEmojiOnly: files.length === 0 && isEmojiOnly(unformatted(blocks)),
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
