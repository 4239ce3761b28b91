import type { MessagesView } from '../../application/ports/messages.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';

/** Walks back from the newest message. */
export function makeRecentBy(
  newestIn: (chatId: ChatId) => number,
  at: (chatId: ChatId, position: number) => Message | undefined,
): MessagesView['recentBy'] {
  return async (chatId, authorId, { since, limit }) => {
    const found: Revision[] = [];
    for (let next = newestIn(chatId); next > 0 && found.length < limit; next -= 1) {
      const message = at(chatId, next);
      if (message && message.sentAt < since) break;
      if (message?.kind === 'text' && message.author.id === authorId) found.push(message.position);
    }
    return found.reverse();
  };
}
