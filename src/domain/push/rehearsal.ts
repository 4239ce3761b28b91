import { bySettings } from '../attention/announcement.ts';
import { hasKeyword } from '../attention/keywords.ts';
import type { NotificationSettings } from '../attention/settings.ts';
import type { Revision } from '../chats/chat.ts';
import type { User } from '../identity/user.ts';
import type { ChatId } from '../ids.ts';
import type { MessageKind } from '../messages/message.ts';
import type { MessageBody } from '../messages/message-body.ts';
import type { Announcement, AnnouncementReason } from './announcement.ts';

/** A decision of the ledger, with what it was based on, and the message as it is now. */
export interface LedgerEntry extends Announcement {
  readonly chatId: ChatId;
  readonly position: Revision;
  /** When it was decided last, in milliseconds since 1970. */
  readonly at: number;
  /** Whether the message was announced whatever the keywords were; undefined where an earlier release decided. */
  readonly isCalled: boolean | undefined;
  /** The text that was decided about; undefined where it no longer exists. */
  readonly text: MessageBody | undefined;
  readonly message: {
    readonly kind: MessageKind;
    readonly author: User;
    /** The beginning of the plain text on one line; empty where the message was deleted. */
    readonly snippet: string;
    /** Milliseconds since 1970. */
    readonly sentAt: number;
  };
}

/** Maximum decisions of a rehearsal, the newest: deciding is cheap, and a busy week has thousands. */
export const MAX_REHEARSED = 2_000;

/** A decision that would have been another. */
export interface RehearsedChange {
  readonly entry: LedgerEntry;
  readonly reason: AnnouncementReason;
}

export type ReasonCounts = Readonly<Partial<Record<AnnouncementReason, number>>>;

export interface Rehearsal {
  /** The decisions of the ledger by their reasons, and what they would have been. */
  readonly ledger: ReasonCounts;
  readonly rehearsed: ReasonCounts;
  /** In the order of the entries. */
  readonly changes: readonly RehearsedChange[];
}

/** What the settings would have decided about these messages. With the settings that were decided by, it is what the ledger has. */
export function rehearse(entries: readonly LedgerEntry[], settings: NotificationSettings): Rehearsal {
  const decided = entries.map((entry) => ({ entry, reason: rehearsedReason(entry, settings) }));
  return {
    ledger: countReasons(entries),
    rehearsed: countReasons(decided),
    changes: decided.filter(({ entry, reason }) => reason !== entry.reason),
  };
}

/**
 * What settings for all chats do not change stays: who wrote the message, that it was deleted, and that its chat was muted. So does what
 * the devices decided about a message that was to be announced, if it still is. Of one that was not, nobody knows whether it would have
 * been read in time: it counts as sent.
 */
function rehearsedReason(entry: LedgerEntry, settings: NotificationSettings): AnnouncementReason {
  const { reason, at, isCalled, text, message } = entry;
  if (FIXED.has(reason) || isCalled === undefined || message.kind === 'notice') return reason;
  // Of a text that is gone, the decision tells whether it had one of the keywords at that time.
  const matches = () => (text === undefined ? reason !== 'not_mentioned' : hasKeyword(text, settings.keywords));
  const decided = bySettings({ isCalled, hasKeyword: matches }, settings, at);
  return decided === 'sent' && !BY_SETTINGS.has(reason) ? reason : decided;
}

const FIXED: ReadonlySet<AnnouncementReason> = new Set(['own', 'withdrawn', 'muted']);
const BY_SETTINGS: ReadonlySet<AnnouncementReason> = new Set(['not_mentioned', 'quiet_hours']);

function countReasons(decided: readonly { readonly reason: AnnouncementReason }[]): ReasonCounts {
  const counts: Partial<Record<AnnouncementReason, number>> = {};
  for (const { reason } of decided) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** Whether the device called its owner for the message, or is about to. */
export const isAnnounced = (reason: AnnouncementReason): boolean => reason === 'sent' || reason === 'pending';
