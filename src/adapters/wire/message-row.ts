import { isEmojiOnly } from './emoji-only.ts';
import { type Face, faceOf } from './face.ts';
import type { WireMessage } from './message.ts';
import { type ReactionChip, reactionChips } from './reaction-chips.ts';
import { type TextPart, textParts } from './text-parts.ts';

/** All that the template of a message shows, on the server and in the browser. */
export interface MessageRow {
  readonly message: WireMessage;
  /** Written by whom it is shown to. */
  readonly own: boolean;
  /** Under the header of the message before. */
  readonly continued: boolean;
  readonly parts: readonly TextPart[];
  readonly emojiOnly: boolean;
  readonly face: Face;
  readonly chips: readonly ReactionChip[];
}

export function messageRow(
  message: WireMessage,
  { viewerId, continued }: { readonly viewerId: number; readonly continued: boolean },
): MessageRow {
  const { author, text, reactions } = message;
  return {
    message,
    own: author.id === viewerId,
    continued,
    parts: textParts(text),
    emojiOnly: isEmojiOnly(text),
    face: faceOf(author.username),
    chips: reactionChips(reactions, viewerId),
  };
}
