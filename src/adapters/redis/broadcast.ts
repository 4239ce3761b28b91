import { randomUUID } from 'node:crypto';
import type { Broadcast, Unsubscribe } from '../../application/ports/broadcast.ts';
import type { ChatEvent, UserEvent } from '../../domain/events.ts';
import { chatId, userId } from '../../domain/ids.ts';
import type { RedisLink } from './link.ts';
import { Outgoing } from './outgoing.ts';
import { Subscriptions } from './subscriptions.ts';

export interface RedisBroadcast extends Broadcast {
  close(): void;
}

/**
 * Between instances. Fan-out stays the local broadcast's: to that goes what this instance publishes, at once, and what the
 * others do, as soon as it arrives. Listened to is only what somebody here listens to.
 */
export function makeRedisBroadcast({
  link,
  local,
}: {
  readonly link: RedisLink;
  readonly local: Broadcast;
}): RedisBroadcast {
  const ourselves = randomUUID();
  const outgoing = new Outgoing(link, ourselves);
  const chats = new Subscriptions<ChatEvent>(link, ourselves);
  const users = new Subscriptions<UserEvent>(link, ourselves);
  const chatChannel = (id: number) => `${link.prefix}chat:${id}`;
  const userChannel = (id: number) => `${link.prefix}user:${id}`;

  return {
    publishToChat(id, event) {
      local.publishToChat(id, event);
      outgoing.publish(chatChannel(id), event);
    },
    publishToUser(id, event) {
      local.publishToUser(id, event);
      outgoing.publish(userChannel(id), event);
    },
    subscribeToChat(id, listen) {
      const unsubscribe = local.subscribeToChat(id, listen);
      return both(
        unsubscribe,
        chats.hold(chatChannel(id), (event) => local.publishToChat(chatId(id), event)),
      );
    },
    subscribeToUser(id, listen) {
      const unsubscribe = local.subscribeToUser(id, listen);
      return both(
        unsubscribe,
        users.hold(userChannel(id), (event) => local.publishToUser(userId(id), event)),
      );
    },
    close() {
      chats.close();
      users.close();
    },
  };
}

/** Ends both, once. */
function both(one: Unsubscribe, other: Unsubscribe): Unsubscribe {
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    one();
    other();
  };
}
