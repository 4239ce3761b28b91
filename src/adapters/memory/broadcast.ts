import type { Broadcast } from '../../application/ports/broadcast.ts';
import type { ChatEvent, PresenceEvent, UserEvent } from '../../domain/events.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { Topics } from './topics.ts';

/** A broadcast within this process. It is synchronous: publishing returns when every listener was called. */
export function makeMemoryBroadcast(): Broadcast {
  const chats = new Topics<ChatId, ChatEvent>();
  const users = new Topics<UserId, UserEvent>();
  const presence = new Topics<'presence', PresenceEvent>();
  return {
    publishToChat: (chatId, event) => chats.publish(chatId, event),
    publishToUser: (userId, event) => users.publish(userId, event),
    publishPresence: (event) => presence.publish('presence', event),
    subscribeToChat: (chatId, listen) => chats.subscribe(chatId, listen),
    subscribeToUser: (userId, listen) => users.subscribe(userId, listen),
    subscribeToPresence: (listen) => presence.subscribe('presence', listen),
  };
}
