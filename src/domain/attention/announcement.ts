import type { UserId } from '../ids.ts';
import type { Message, TextMessage } from '../messages/message.ts';
import { hasKeyword } from './keywords.ts';
import { isQuiet } from './quiet-hours.ts';
import { isMuted, type MemberAttention } from './settings.ts';

/** Why a message was announced on a device of a member, or was not. */
export type NotifiedReason = MemberReason | DeviceReason;

/** What the message and the settings of the member decide, for all their devices. */
export type MemberReason = 'sent' | 'own' | 'withdrawn' | 'muted' | 'not_mentioned' | 'quiet_hours';

/** What the devices decide about a message that is to be announced. */
export type DeviceReason = 'reading_here' | 'active_elsewhere' | 'no_device' | 'endpoint_gone';

export interface Listener extends MemberAttention {
  readonly userId: UserId;
}

/**
 * Decides whether a message is to be announced to a member of its chat at this moment: `sent` when it is, or else the reason why not. Of
 * several reasons it is the one that would remain for the longest time.
 * @param message as it is now
 * @param moment milliseconds since 1970
 */
export function announcement(message: Message, { userId, ...attention }: Listener, moment: number): MemberReason {
  if (message.author.id === userId) return 'own';
  if (message.kind === 'deleted') return 'withdrawn';
  if (isMuted(attention, moment)) return 'muted';
  if (message.kind === 'notice' || !isCalledFor(message, { userId, ...attention })) return 'not_mentioned';
  const { quietHours } = attention.settings;
  return quietHours && isQuiet(quietHours, moment) ? 'quiet_hours' : 'sent';
}

function isCalledFor({ mentions, text }: TextMessage, { userId, level, settings }: Listener): boolean {
  if (level === 'all') return true;
  return mentions.some((mention) => mention.userId === userId) || hasKeyword(text, settings.keywords);
}
