import type { MessagePlace } from '../../application/ports/messages.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import { messageId } from '../../domain/messages/message.ts';
import type { Tables } from './tables.ts';

/** Gives a message the revision of a change of what is kept apart from it. */
export function noteChange(tables: Tables, { chatId, position }: MessagePlace, revision: Revision): void {
  const message = tables.messages.require(messageId({ chatId, position }));
  tables.messages.put(messageId(message), { ...message, revision });
  tables.newestRevisions.put(chatId, Math.max(tables.newestRevisions.current.get(chatId) ?? 0, revision) as Revision);
  tables.changes.put(`${chatId}/${revision}`, position);
}
