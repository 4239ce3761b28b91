import type { Broadcast } from '../../application/ports/broadcast.ts';
import type { ChatEvent, UserEvent } from '../../domain/events.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { Topics } from './topics.ts';

/** A broadcast within this process. It is synchronous: publishing returns when every listener was called. */
export function makeMemoryBroadcast(): Broadcast {
  const chats = new Topics<ChatId, ChatEvent>();
  const users = new Topics<UserId, UserEvent>();
  return {
    publishToChat: (chatId, event) => chats.publish(chatId, event),
    publishToUser: (userId, event) => users.publish(userId, event),
    subscribeToChat: (chatId, listen) => chats.subscribe(chatId, listen),
    subscribeToUser: (userId, listen) => users.subscribe(userId, listen),
  };
}
