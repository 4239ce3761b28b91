import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Emoji } from '../../domain/reactions/tally.ts';

/** The table of what was so of messages. */
export interface PastSchema {
  readonly past_facts: {
    readonly chat_id: ChatId;
    readonly position: Revision;
    /** `mention` for each of the mentions of a text, and `no_mentions` for a text without. */
    readonly kind: 'reaction' | 'pin' | 'deletion' | 'mention' | 'no_mentions' | 'erased_text';
    readonly from_revision: Revision;
    /** Null for a pin that lasts. */
    readonly until_revision: Revision | null;
    /** The order of a text's mentions, else 0. */
    readonly place: number;
    /** Who reacted, pinned, deleted or is mentioned. */
    readonly user_id: UserId | null;
    readonly emoji: Emoji | null;
    /** The name in a mention, as it was written. */
    readonly name: string | null;
    /** When it was pinned or deleted. */
    readonly at: number | null;
  };
}
