import type { Revision } from '../../../domain/chats/chat.ts';
import { closedChat } from '../../../domain/chats/permissions.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import { type ReadPointer, readAll } from '../../../domain/reading/read-pointer.ts';
import type { Store } from '../../ports/store.ts';

interface Found {
  readonly pointer: ReadPointer;
  /** The chat's revision. */
  readonly newest: Revision;
}

/** The pointer of a member. */
export async function findPointer(store: Store, chatId: ChatId, userId: UserId): Promise<Found> {
  const pointer = await store.reading.find(chatId, userId);
  const chat = await store.chats.find(chatId);
  if (!chat) throw closedChat();
  return { pointer: pointer ?? readAll(chat.revision), newest: chat.revision };
}
