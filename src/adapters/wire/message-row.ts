import { codePoints } from '../../domain/code-points.ts';
import { hasMarkup } from '../../domain/messages/text/markup.ts';
import { isEmojiOnly } from './emoji-only.ts';
import { type Face, faceOf, hueOf } from './face.ts';
import type { WireMessage } from './message.ts';
import { type ReactionChip, reactionChips } from './reaction-chips.ts';

/** Everything that the template of a message shows, on the server and in the browser. */
export interface MessageRow {
  readonly message: WireMessage;
  /** Written by the viewer. */
  readonly own: boolean;
  /** Under the header of the message before. */
  readonly continued: boolean;
  /** The next message is under the header of this one. */
  readonly followed: boolean;
  /** The one that the page is about. */
  readonly marked: boolean;
  readonly face: Face;
  readonly chips: readonly ReactionChip[];
  /** The hue of the author of the message that this one answers. */
  readonly quoteHue: number | undefined;
  /** Null for a text without markup and files. */
  readonly formatted: FormattedText | null;
  readonly emojiOnly: boolean;
  /** Shown folded. */
  readonly isLong: boolean;
}

export interface FormattedText {
  /** Rendered by `partials/text.eta`, which escapes everything that people wrote. */
  readonly html: string;
  /** Other blocks than a single paragraph. */
  readonly hasBlocks: boolean;
  /** The text, where it is not the one that `sourceOf` writes for its tree. */
  readonly source: string | null;
  readonly isEmojiOnly: boolean;
}

export interface RowOptions {
  readonly viewerId: number;
  readonly continued: boolean;
  readonly followed?: boolean;
  readonly marked?: boolean;
  readonly format: (message: WireMessage, viewerId: number) => FormattedText;
}

export function messageRow(
  message: WireMessage,
  { viewerId, continued, followed = false, marked = false, format }: RowOptions,
): MessageRow {
  const { author, text, reactions, files } = message;
  // Notices are sentences of the server, in which a name is not markup.
  const formatted = message.kind === 'text' && (files.length > 0 || hasMarkup(text)) ? format(message, viewerId) : null;
  return {
    message,
    own: author.id === viewerId,
    continued,
    followed,
    marked,
    face: faceOf(author.username, author.id),
    chips: reactionChips(reactions, viewerId),
    quoteHue: message.reply_to ? hueOf(message.reply_to.author.id) : undefined,
    formatted,
    emojiOnly: formatted ? formatted.isEmojiOnly : isEmojiOnly(text),
    isLong: message.kind === 'text' && isLong(text),
  };
}

const FOLDED_LINES = 12;
/** In code points. */
const FOLDED_LENGTH = 1_200;

function isLong(text: string): boolean {
  if (text.length > FOLDED_LENGTH && codePoints(text) > FOLDED_LENGTH) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && lines <= FOLDED_LINES; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines > FOLDED_LINES;
}
