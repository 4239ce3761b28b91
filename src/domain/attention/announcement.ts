import type { UserId } from '../ids.ts';
import type { Message } from '../messages/message.ts';
import { hasKeyword, type Keyword } from './keywords.ts';
import { isQuiet } from './quiet-hours.ts';
import { isMuted, type MemberAttention, type NotificationSettings } from './settings.ts';

/** Why a message was announced on a device of a member, or was not. */
export type NotifiedReason = MemberReason | DeviceReason;

/** What the message and the settings of the member decide, for all their devices. */
export type MemberReason = 'sent' | 'own' | 'withdrawn' | 'muted' | 'not_mentioned' | 'quiet_hours';

/** What the devices decide about a message that is to be announced. */
export type DeviceReason = 'reading_here' | 'active_elsewhere' | 'no_device' | 'endpoint_gone';

export interface Listener extends MemberAttention {
  readonly userId: UserId;
}

/** What decides about a message besides the settings that its reader has for all their chats. */
export interface Grounds {
  /** Whether it is announced whatever the keywords are: for the level `all`, and for a mention. */
  readonly isCalled: boolean;
  /** Whether its text has one of the keywords. Asked only where it is not called for otherwise. */
  hasKeyword(keywords: readonly Keyword[]): boolean;
}

/**
 * Decides whether a message is to be announced to a member of its chat at this moment: `sent` when it is, or else the reason why not. Of
 * several reasons it is the one that would remain for the longest time.
 * @param message as it is now
 * @param moment milliseconds since 1970
 */
export function announcement(message: Message, listener: Listener, moment: number): MemberReason {
  if (message.author.id === listener.userId) return 'own';
  if (message.kind === 'deleted') return 'withdrawn';
  if (isMuted(listener, moment)) return 'muted';
  if (message.kind === 'notice') return 'not_mentioned';
  const isCalled = isCalledFor(message, listener);
  return bySettings({ isCalled, hasKeyword: (words) => hasKeyword(message.text, words) }, listener.settings, moment);
}

/** What the settings that a member has for all their chats decide about a message, where nothing else has decided. */
export function bySettings(
  grounds: Grounds,
  { keywords, quietHours }: NotificationSettings,
  moment: number,
): 'sent' | 'not_mentioned' | 'quiet_hours' {
  if (!grounds.isCalled && !grounds.hasKeyword(keywords)) return 'not_mentioned';
  return quietHours && isQuiet(quietHours, moment) ? 'quiet_hours' : 'sent';
}

/** Whether a message is announced to the member whatever their keywords are. */
export const isCalledFor = (message: Message, { userId, level }: Listener): boolean =>
  level === 'all' || (message.kind === 'text' && message.mentions.some((mention) => mention.userId === userId));
