import type { MissedChat, MissedMessage, MissedReason } from '../../domain/reading/missed.ts';
import { toWireSummary } from './chat-summary.ts';
import { timestamp } from './timestamp.ts';
import type { WireChatSummary } from './user-frames.ts';

/** A chat with unread messages, and those of them that stand out. */
export interface WireMissedChat extends WireChatSummary {
  /** The chat's revision: a pointer that is moved there has passed everything that was counted. */
  readonly revision: number;
  /** Oldest first. */
  readonly missed: readonly WireMissedMessage[];
}

export interface WireMissedMessage {
  readonly position: number;
  readonly author: { readonly id: number; readonly username: string };
  readonly snippet: string;
  readonly sent_at: string;
  readonly reasons: readonly MissedReason[];
  readonly reactions: number;
}

export const toWireMissed = ({ chat, messages }: MissedChat): WireMissedChat => ({
  ...toWireSummary(chat),
  revision: chat.reading.revision,
  missed: messages.map(toWireMessage),
});

const toWireMessage = ({
  position,
  author,
  snippet,
  sentAt,
  reasons,
  reactions,
}: MissedMessage): WireMissedMessage => ({
  ...{ position, author: { id: author.id, username: author.username }, snippet },
  ...{ sent_at: timestamp(sentAt), reasons, reactions },
});
