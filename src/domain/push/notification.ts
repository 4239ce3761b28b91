import type { Chat } from '../chats/chat.ts';
import type { TextMessage, Tombstone } from '../messages/message.ts';
import { messageSnippet } from '../messages/message-snippet.ts';

/** What a device shows about a message. */
export interface Notification {
  readonly title: string;
  readonly body: string;
  /** Another notification with the same tag replaces this one. */
  readonly tag: string;
  /** The path of the page that a click opens. */
  readonly path: string;
  /** Shown without a sound. */
  readonly silent: boolean;
}

interface Shown {
  readonly chat: Pick<Chat, 'id' | 'name'>;
  readonly isDirect: boolean;
}

export function notificationOf(message: TextMessage, shown: Shown): Notification {
  const snippet = messageSnippet('text', message.text, message.files);
  const { username } = message.author;
  return {
    title: titleOf(message, shown),
    body: shown.isDirect ? snippet : `${username}: ${snippet}`,
    ...placeOf(message),
    silent: false,
  };
}

/** Takes the place of what was shown about a message before it was deleted. */
export function deletionNotification(message: Tombstone, shown: Shown): Notification {
  return { title: titleOf(message, shown), body: 'Message deleted', ...placeOf(message), silent: true };
}

const titleOf = ({ author }: TextMessage | Tombstone, { chat, isDirect }: Shown): string =>
  isDirect ? author.username : chat.name;

const placeOf = ({ chatId, position }: TextMessage | Tombstone) => ({
  tag: `message-${chatId}-${position}`,
  path: `/chat/${chatId}/at/${position}`,
});

/** A notification for trying out a device. */
export const TEST_NOTIFICATION: Notification = {
  title: 'Shoal',
  body: 'Notifications reach this device.',
  tag: 'test',
  path: '/account/notifications',
  silent: false,
};
