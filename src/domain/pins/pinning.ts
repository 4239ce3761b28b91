import type { Revision } from '../chats/chat.ts';
import { DomainError } from '../errors.ts';
import { assertText } from '../messages/changes.ts';
import type { Message, Pin, TextMessage } from '../messages/message.ts';

/** Maximum pinned messages of a chat. */
export const MAX_PINS = 50;

/** @throws DomainError `deleted` for a tombstone, `forbidden` for a notice */
export function assertPinnable(message: Message): asserts message is TextMessage {
  assertText(message, 'Notices cannot be pinned.');
}

/** @throws DomainError `too_many_pins` for one more than a chat can have */
export function assertRoomForPin(pins: number): void {
  if (pins >= MAX_PINS) throw new DomainError('too_many_pins', `A chat can have ${MAX_PINS} pinned messages.`);
}

export const pinned = (message: TextMessage, pin: Pin, revision: Revision): TextMessage => ({
  ...message,
  revision,
  pin,
});

export const unpinned = (message: TextMessage, revision: Revision): TextMessage => ({
  ...message,
  revision,
  pin: null,
});
