import { type Message, type NewMessage, notice } from '../../../domain/messages/message.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Stores a notice about its author at the chat's next revision.
 * @throws DomainError `archived` in an archived chat, where that is not allowed
 */
export async function addNotice(
  store: Store,
  said: Omit<NewMessage, 'position' | 'clientId'>,
  when: 'not_archived' | 'even_archived' = 'not_archived',
): Promise<Message> {
  const message = notice({ ...said, position: await store.chats.nextRevision(said.chatId, when) });
  await store.messages.add(message);
  return message;
}
