import type { Message } from '../messages/message.ts';
import type { ReadPointer } from '../reading/read-pointer.ts';
import { isUnread } from '../reading/reading.ts';
import { announcement, type Listener } from './announcement.ts';

/**
 * Whether the open pages of a member play a sound for a message at this moment: when it is unread, and would be announced.
 * @param moment milliseconds since 1970
 */
export const hasSound = (message: Message, listener: Listener & { readonly pointer: ReadPointer }, moment: number) =>
  listener.settings.sound &&
  isUnread(message, listener.userId, listener.pointer) &&
  announcement(message, listener, moment) === 'sent';
