import type { Messages, MessagesView } from '../../application/ports/messages.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ClientId } from '../../domain/messages/client-id.ts';
import { type Message, messageId } from '../../domain/messages/message.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryMessages(tables: Tables): Messages {
  const { chats, users, messages, newestPositions, sentMessages } = tables;
  return {
    ...makeMemoryMessagesView(tables, 'current'),

    async sentAs(chatId, author, clientId) {
      const id = sentMessages.current.get(sentKey(chatId, author.id, clientId));
      return id && messages.current.get(id);
    },

    async add(message) {
      const { chatId, clientId, position } = message;
      chats.require(chatId);
      const { user: author } = users.require(message.author.id);
      const id = messageId(message);
      messages.insert(id, { ...message, author });
      if (clientId !== null) sentMessages.insert(sentKey(chatId, author.id, clientId), id);
      const newest = newestPositions.current.get(chatId) ?? 0;
      newestPositions.put(chatId, revision(Math.max(newest, position)));
    },
  };
}

/** Walks positions, never all messages. While no message can change, its position is its revision. */
export function makeMemoryMessagesView(tables: Tables, moment: Moment): MessagesView {
  const newestIn = (chatId: ChatId) => tables.newestPositions[moment].get(chatId) ?? 0;
  const at = (chatId: ChatId, position: number) =>
    tables.messages[moment].get(messageId({ chatId, position: revision(position) }));

  return {
    async before(chatId, position, limit) {
      const found: Message[] = [];
      for (let next = lastBefore(position, newestIn(chatId)); next > 0 && found.length < limit; next -= 1) {
        const message = at(chatId, next);
        if (message) found.push(message);
      }
      return found.reverse();
    },

    async changedAfter(chatId, after, limit) {
      const found: Message[] = [];
      const newest = newestIn(chatId);
      for (let next = after + 1; next <= newest && found.length < limit; next += 1) {
        const message = at(chatId, next);
        if (message) found.push(message);
      }
      return found;
    },
  };
}

function lastBefore(position: Revision | undefined, newest: number): number {
  return position === undefined ? newest : Math.min(newest, position - 1);
}

function sentKey(chatId: ChatId, authorId: UserId, clientId: ClientId): string {
  return `${chatId}/${authorId}/${clientId}`;
}
