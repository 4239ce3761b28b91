import { isCalledFor, type Listener, type NotifiedReason } from '../attention/announcement.ts';
import type { Revision } from '../chats/chat.ts';
import type { UserId } from '../ids.ts';
import { type Message, textRevision } from '../messages/message.ts';
import type { ReadPointer } from '../reading/read-pointer.ts';
import type { PushDeviceId } from './device.ts';

/** What was decided about one message and one device. */
export interface Announcement {
  readonly deviceId: PushDeviceId;
  readonly userId: UserId;
  readonly reason: AnnouncementReason;
}

/** What a decision was based on, as far as no settings change it: it can be made again with other settings. */
export interface Basis {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether the message is announced whatever the keywords are. */
  readonly isCalled: boolean;
  /** The revision of its text; null for a message without. */
  readonly textRevision: Revision | null;
}

export const basisOf = (message: Message, listener: Listener, at: number): Basis => ({
  at,
  isCalled: isCalledFor(message, listener),
  textRevision: message.kind === 'text' ? textRevision(message) : null,
});

/** `pending`: it will be sent unless it is read or deleted first. `failed`: the push service did not take it. */
export type AnnouncementReason = NotifiedReason | 'pending' | 'failed';

/** How long it is remembered why a message was announced or not. */
export const ANNOUNCEMENTS_KEPT_MS = 7 * 24 * 3_600_000;

/** How long somebody who is active has for reading a message before their devices announce it. */
export const READING_TIME_MS = 3_000;

/**
 * Why a message that is to be announced is not sent to a device, after all: its reader has seen it. Undefined when it is sent.
 * @param reader their pointer, and whether the device is in use
 */
export function whyNotSent(
  position: Revision,
  { pointer, isInUse }: { readonly pointer: ReadPointer; readonly isInUse: boolean },
): 'reading_here' | 'active_elsewhere' | undefined {
  if (pointer.position < position) return undefined;
  return isInUse ? 'reading_here' : 'active_elsewhere';
}
