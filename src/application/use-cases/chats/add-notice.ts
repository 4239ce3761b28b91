import { type Message, type NewMessage, notice } from '../../../domain/messages/message.ts';
import type { Store } from '../../ports/store.ts';

/** Stores a notice about its author at the chat's next revision. */
export async function addNotice(store: Store, said: Omit<NewMessage, 'position' | 'clientId'>): Promise<Message> {
  const message = notice({ ...said, position: await store.chats.nextRevision(said.chatId) });
  await store.messages.add(message);
  return message;
}
