import { isMuted } from '../attention/settings.ts';
import type { Revision } from '../chats/chat.ts';
import type { User } from '../identity/user.ts';
import type { ChatId } from '../ids.ts';
import type { ListedChat } from './reading.ts';

/** Why a message stands out among those that a member has yet to read. */
export const MISSED_REASONS = ['mention', 'reply', 'direct', 'pinned', 'reacted'] as const;

export type MissedReason = (typeof MISSED_REASONS)[number];

/** Maximum messages of a chat for each reason: of the reactions those with the most, else the newest. */
export const MAX_MISSED: Readonly<Record<MissedReason, number>> = {
  ...{ mention: 20, reply: 20, direct: 20, pinned: 20 },
  reacted: 3,
};

/** Maximum rows of all chats together, a row for each reason of a message: the newest. */
export const MAX_MISSED_ROWS = 1_000;

/** A message that a member has yet to read and that stands out. */
export interface MissedMessage {
  readonly chatId: ChatId;
  readonly position: Revision;
  readonly author: User;
  /** On one line, at most 140 code points of plain text. */
  readonly snippet: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** In the order of MISSED_REASONS, at least one. */
  readonly reasons: readonly MissedReason[];
  /** The number of reactions; 0 unless `reacted` is among the reasons. */
  readonly reactions: number;
}

export interface MissedChat {
  readonly chat: ListedChat;
  /** Oldest first. */
  readonly messages: readonly MissedMessage[];
}

/** Messages that were addressed to the reader alone. */
const isCall = ({ reasons }: MissedMessage): boolean => reasons.includes('mention') || reasons.includes('reply');

/**
 * The chats with unread messages: those with calls for the reader first, muted ones last, each group in the order of the list. A muted
 * chat is left out unless somebody called for the reader there, and then has these messages alone.
 * @param chats the reader's, with what they have yet to read
 * @param missed in ascending order of position within each chat
 * @param moment milliseconds since 1970
 */
export function missedChats(
  chats: readonly ListedChat[],
  missed: readonly MissedMessage[],
  moment: number,
): readonly MissedChat[] {
  const byChat = Map.groupBy(missed, ({ chatId }) => chatId);
  const waiting = chats
    .filter(({ reading }) => reading.unread > 0)
    .map((chat) => {
      const messages = byChat.get(chat.id) ?? [];
      const muted = isMuted(chat.reading, moment);
      return { chat, messages: muted ? messages.filter(isCall) : messages, muted };
    })
    .filter(({ messages, muted }) => !muted || messages.length > 0);
  const rank = ({ chat, messages, muted }: (typeof waiting)[number]) => {
    if (muted) return 2;
    return chat.people || messages.some(isCall) ? 0 : 1;
  };
  return waiting.toSorted((one, other) => rank(one) - rank(other)).map(({ chat, messages }) => ({ chat, messages }));
}
