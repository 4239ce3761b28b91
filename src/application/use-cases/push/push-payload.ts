import { isDirect } from '../../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { PushDevice } from '../../../domain/push/device.ts';
import type { Notification } from '../../../domain/push/notification.ts';
import type { Push } from '../../ports/push-sender.ts';
import type { StoreView } from '../../ports/store.ts';

/** How long a push service holds a message for a browser that it cannot reach. */
const TTL_SECONDS = 24 * 3_600;

interface Sending {
  readonly notification: Notification;
  /** The number on the icon of the app. */
  readonly badge: number;
  readonly urgency: Push['urgency'];
}

/** A declarative push message, which browsers that do not know these hand to our service worker. */
export function pushOf({ subscription, origin }: PushDevice, { notification, badge, urgency }: Sending): Push {
  const { title, body, tag, path, silent } = notification;
  const shown = { title, body, tag, navigate: origin + path, silent, dir: 'auto' };
  return {
    subscription,
    payload: JSON.stringify({ web_push: 8030, notification: shown, app_badge: badge }),
    topic: tag,
    urgency,
    ttlSeconds: TTL_SECONDS,
    origin,
  };
}

/** The number on the icon of the user's app: the same as in the titles of their pages. */
export const badgeOf = ({ reading }: Pick<StoreView, 'reading'>, userId: UserId): Promise<number> =>
  reading.callsFor(userId);

/** What a notification about a message has besides the message itself; undefined when there is no such chat. */
export async function surroundingsOf(
  view: Pick<StoreView, 'chats' | 'members' | 'reading'>,
  chatId: ChatId,
  userId: UserId,
) {
  const [chat, isDirect, badge] = await Promise.all([
    view.chats.find(chatId),
    isDirectChat(view, chatId, userId),
    badgeOf(view, userId),
  ]);
  return chat && { chat, isDirect, badge };
}

async function isDirectChat(
  view: Pick<StoreView, 'members'>,
  ...place: Parameters<StoreView['members']['find']>
): Promise<boolean> {
  const membership = await view.members.find(...place);
  return membership !== undefined && isDirect(membership.role);
}
