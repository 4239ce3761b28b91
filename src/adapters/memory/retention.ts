import type { Messages } from '../../application/ports/messages.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { BlobKey } from '../../domain/files/file.ts';
import type { ChatId } from '../../domain/ids.ts';
import { messageId } from '../../domain/messages/message.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeRemoveRange(tables: Tables): Messages['removeRange'] {
  const { messages, sentMessages, pins, reports, files } = tables;
  const { attached, cards, cardImages, answered, versions, reactions, mentions, pastFacts, announcements } = tables;
  const byMessage = [
    messages,
    attached,
    cards,
    cardImages,
    answered,
    versions,
    reactions,
    mentions,
    pastFacts,
    announcements,
  ];
  return async (chatId, { after, through }) => {
    const blobs: BlobKey[] = [];
    const isErased = (position: number) => position > after && position <= through;
    for (let next = after + 1; next <= through; next += 1) {
      const id = messageId({ chatId, position: revision(next) });
      const message = messages.current.get(id);
      if (message?.clientId) sentMessages.remove(`${chatId}/${message.author.id}/${message.clientId}`);
      for (const table of byMessage) table.remove(id);
    }
    for (const file of files.current.values()) {
      if (file.chatId !== chatId || file.position === null || !isErased(file.position)) continue;
      blobs.push(file.blob);
      files.remove(file.id);
    }
    pins.put(
      chatId,
      (pins.current.get(chatId) ?? []).filter((position) => !isErased(position)),
    );
    for (const { chatId: of, position, userId } of reports.current.values())
      if (of === chatId && isErased(position)) reports.remove(`${chatId}/${position}/${userId}`);
    return blobs;
  };
}

export function makeOldest(tables: Tables, moment: Moment) {
  return async (chatId: ChatId, after: Revision, limit: number) => {
    const found = [];
    const newest = tables.newestRevisions[moment].get(chatId) ?? 0;
    for (let next = after + 1; next <= newest && found.length < limit; next += 1) {
      const message = tables.messages[moment].get(messageId({ chatId, position: revision(next) }));
      if (message) found.push({ position: message.position, sentAt: message.sentAt });
    }
    return found;
  };
}
