import { randomUUID } from 'node:crypto';
import type { Broadcast, Unsubscribe } from '../../application/ports/broadcast.ts';
import type { Log } from '../../application/ports/log.ts';
import type { ChatEvent } from '../../domain/events.ts';
import { type ChatId, userId } from '../../domain/ids.ts';
import { BrokenEnvelopes } from './broken-envelopes.ts';
import { chatEvent, presenceEvent, userEvent } from './events.ts';
import { InOrder } from './in-order.ts';
import type { RedisLink } from './link.ts';
import { Outgoing } from './outgoing.ts';
import { Subscriptions } from './subscriptions.ts';

export interface RedisBroadcast extends Broadcast {
  close(): void;
}

/**
 * Between instances. Fan-out stays with the local broadcast: it gets what this instance publishes, at once, and what the
 * others publish, as soon as it arrives. The instance subscribes only to topics that have a listener here.
 */
export function makeRedisBroadcast({
  link,
  local,
  log,
}: {
  readonly link: RedisLink;
  readonly local: Broadcast;
  readonly log: Log;
}): RedisBroadcast {
  const ourselves = randomUUID();
  const outgoing = new Outgoing(link, ourselves);
  const broken = new BrokenEnvelopes(log);
  const chats = new Subscriptions({ link, ourselves, broken, event: chatEvent });
  const users = new Subscriptions({ link, ourselves, broken, event: userEvent });
  const presence = new Subscriptions({ link, ourselves, broken, event: presenceEvent });
  const presenceChannel = `${link.prefix}presence`;
  const orders = new Map<ChatId, { readonly order: InOrder; listeners: number }>();
  const chatChannel = (id: number) => `${link.prefix}chat:${id}`;
  const userChannel = (id: number) => `${link.prefix}user:${id}`;

  return {
    publishToChat(id, event) {
      // Alone there is nothing to wait for.
      if (link.client.isReady) handOn(id, event);
      else local.publishToChat(id, event);
      outgoing.publish(chatChannel(id), event);
    },
    publishToUser(id, event) {
      local.publishToUser(id, event);
      outgoing.publish(userChannel(id), event);
    },
    publishPresence(event) {
      local.publishPresence(event);
      outgoing.publish(presenceChannel, event);
    },
    subscribeToChat(id, listen) {
      const unorder = keepInOrder(id);
      const unsubscribe = local.subscribeToChat(id, listen);
      const letGo = chats.hold(chatChannel(id), (event) => handOn(id, event));
      return once([unsubscribe, letGo, unorder]);
    },
    subscribeToUser(id, listen) {
      const unsubscribe = local.subscribeToUser(id, listen);
      const letGo = users.hold(userChannel(id), (event) => local.publishToUser(userId(id), event));
      return once([unsubscribe, letGo]);
    },
    subscribeToPresence(listen) {
      const unsubscribe = local.subscribeToPresence(listen);
      return once([unsubscribe, presence.hold(presenceChannel, (event) => local.publishPresence(event))]);
    },
    close() {
      presence.close();
      chats.close();
      users.close();
      for (const { order } of orders.values()) order.close();
    },
  };

  /** To the listeners here, if there are any. */
  function handOn(id: ChatId, event: ChatEvent): void {
    orders.get(id)?.order.take(event);
  }

  function keepInOrder(id: ChatId): Unsubscribe {
    const kept = orders.get(id) ?? { order: new InOrder((event) => local.publishToChat(id, event)), listeners: 0 };
    orders.set(id, kept);
    kept.listeners += 1;
    return () => {
      kept.listeners -= 1;
      if (kept.listeners > 0) return;
      orders.delete(id);
      kept.order.close();
    };
  }
}

function once(endings: readonly Unsubscribe[]): Unsubscribe {
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    for (const end of endings) end();
  };
}
