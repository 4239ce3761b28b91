import type { ReadingView } from '../../application/ports/reading.ts';
import type { Chat } from '../../domain/chats/chat.ts';
import { revision } from '../../domain/chats/chat.ts';
import type { UserId } from '../../domain/ids.ts';
import { messageId, type TextMessage } from '../../domain/messages/message.ts';
import { messageSnippet } from '../../domain/messages/message-snippet.ts';
import {
  MAX_MISSED,
  MAX_MISSED_ROWS,
  MISSED_REASONS,
  type MissedMessage,
  type MissedReason,
} from '../../domain/reading/missed.ts';
import { readAll } from '../../domain/reading/read-pointer.ts';
import { isUnread, UNREAD_REACH } from '../../domain/reading/reading.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

/** A message and one of the reasons why it stands out. */
interface Found {
  readonly message: TextMessage;
  readonly reason: MissedReason;
  readonly reactions: number;
}

export function makeMemoryMissed(tables: Tables, moment: Moment): Pick<ReadingView, 'missedBy'> {
  return {
    async missedBy(userId) {
      const ids = tables.chatsOfUsers[moment].get(userId) ?? [];
      const chats = ids.flatMap((id) => tables.chats[moment].get(id) ?? []);
      const found = chats
        .flatMap((chat) => MISSED_REASONS.flatMap((reason) => newestFor(reason, offered(tables, moment, chat, userId))))
        .sort(
          (one, other) => other.message.sentAt - one.message.sentAt || other.message.position - one.message.position,
        )
        .slice(0, MAX_MISSED_ROWS);
      const messages = Map.groupBy(found, ({ message }) => messageId(message));
      return [...messages.values()].flatMap(toMissed).sort((one, other) => one.position - other.position);
    },
  };
}

function newestFor(reason: MissedReason, found: readonly Found[]): readonly Found[] {
  return found
    .filter((one) => one.reason === reason)
    .sort((one, other) => other.reactions - one.reactions || other.message.position - one.message.position)
    .slice(0, MAX_MISSED[reason]);
}

/** Walks the unread messages of the chat. */
function offered(tables: Tables, moment: Moment, chat: Chat, userId: UserId): readonly Found[] {
  const { id: chatId, revision: newest } = chat;
  const pointer = tables.readPointers[moment].get(`${chatId}/${userId}`) ?? readAll(newest);
  const found: Found[] = [];
  for (let next = newest; next > Math.max(pointer.position, newest - UNREAD_REACH); next = revision(next - 1)) {
    const message = tables.messages[moment].get(messageId({ chatId, position: next }));
    if (message?.kind !== 'text' || !isUnread(message, userId, pointer)) continue;
    if (tables.blocks[moment].get(`${userId}/${message.author.id}`)) continue;
    const reactions = tables.reactions[moment].get(messageId(message))?.length ?? 0;
    for (const reason of MISSED_REASONS)
      if (standsOut[reason]({ tables, moment, message, userId }))
        found.push({ message, reason, reactions: reason === 'reacted' ? reactions : 0 });
  }
  return found;
}

interface Asked {
  readonly tables: Tables;
  readonly moment: Moment;
  readonly message: TextMessage;
  readonly userId: UserId;
}

const standsOut: Readonly<Record<MissedReason, (asked: Asked) => boolean>> = {
  mention: ({ tables, moment, message, userId }) =>
    tables.mentions[moment].get(messageId(message))?.some((mention) => mention.userId === userId) ?? false,
  reply: ({ tables, moment, message: { chatId, ...message }, userId }) => {
    const position = tables.answered[moment].get(message.id);
    if (position === undefined) return false;
    return tables.messages[moment].get(messageId({ chatId, position }))?.author.id === userId;
  },
  direct: ({ tables, moment, message }) => tables.directKeys[moment].get(message.chatId) !== undefined,
  pinned: ({ message }) => message.pin !== null,
  reacted: ({ tables, moment, message }) => (tables.reactions[moment].get(messageId(message))?.length ?? 0) > 0,
};

/** @param found of one message */
function toMissed(found: readonly Found[]): readonly MissedMessage[] {
  const [one] = found;
  if (!one) return [];
  const { chatId, position, author, text, files, sentAt } = one.message;
  const reasons = MISSED_REASONS.filter((reason) => found.some((other) => other.reason === reason));
  const reactions = Math.max(...found.map((other) => other.reactions));
  return [{ chatId, position, author, snippet: messageSnippet('text', text, files), sentAt, reasons, reactions }];
}
