import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { Message, Tombstone } from '../../../domain/messages/message.ts';
import type { Broadcast } from '../../ports/broadcast.ts';

export interface ToldExpulsion {
  readonly chatId: ChatId;
  readonly userId: UserId;
  readonly deleted: readonly Tombstone[];
  readonly notice: Message;
}

/** Tells of the end first: the removed person must hear of nothing after it. */
export function publishExpelled(broadcast: Broadcast, { chatId, userId, deleted, notice }: ToldExpulsion): void {
  broadcast.publishToChat(chatId, { type: 'member_left', chatId, userId });
  broadcast.publishToUser(userId, { type: 'chat_left', chatId, userId });
  for (const message of deleted) broadcast.publishToChat(chatId, { type: 'message_changed', message });
  broadcast.publishToChat(chatId, { type: 'message_posted', message: notice });
}
