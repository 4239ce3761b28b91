import type { Level } from '../reading/level.ts';
import type { Keyword } from './keywords.ts';
import type { QuietHours } from './quiet-hours.ts';

/** What a person set for all their chats and devices. */
export interface NotificationSettings {
  /** Null for none. */
  readonly quietHours: QuietHours | null;
  readonly keywords: readonly Keyword[];
  /** Whether open pages play a sound. */
  readonly sound: boolean;
}

export const USUAL_SETTINGS: NotificationSettings = { quietHours: null, keywords: [], sound: true };

/** What a member set for one chat. */
export interface ChatAttention {
  readonly level: Level;
  /** Milliseconds since 1970; null for a chat that was never muted. A time that has passed means nothing. */
  readonly mutedUntil: number | null;
}

/** Everything that a member set and that decides of which messages of a chat they are notified. */
export interface MemberAttention extends ChatAttention {
  readonly settings: NotificationSettings;
}

export const isMuted = ({ level, mutedUntil }: ChatAttention, at: number): boolean =>
  level === 'nothing' || (mutedUntil !== null && at < mutedUntil);
