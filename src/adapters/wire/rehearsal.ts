import type { RehearsedNotifications } from '../../application/use-cases/attention/rehearse-notifications.ts';
import type { AnnouncementReason } from '../../domain/push/announcement.ts';
import type { ReasonCounts } from '../../domain/push/rehearsal.ts';
import { toWireNotifications, type WireNotifications } from './notifications.ts';
import { timestamp } from './timestamp.ts';

/** What settings would have announced over the last seven days, as scripts and the template see it. */
export interface WireRehearsal {
  readonly settings: WireNotifications;
  readonly since: string;
  /** The number of decisions by reason: one for each message and device. */
  readonly ledger: ReasonCounts;
  readonly rehearsed: ReasonCounts;
  /** The decisions that would have been others, the newest first. */
  readonly changes: readonly WireRehearsedChange[];
}

export interface WireRehearsedChange {
  readonly chat: { readonly id: number; readonly name: string };
  readonly position: number;
  readonly device: number;
  readonly author: { readonly id: number; readonly username: string };
  readonly snippet: string;
  readonly sent_at: string;
  readonly before: AnnouncementReason;
  readonly after: AnnouncementReason;
}

export function toWireRehearsal({ settings, since, changes, ...counts }: RehearsedNotifications): WireRehearsal {
  return {
    settings: toWireNotifications(settings),
    since: timestamp(since),
    ...{ ledger: counts.ledger, rehearsed: counts.rehearsed },
    changes: changes.map(({ chat, entry: { position, deviceId, message, reason }, reason: after }) => {
      const author = { id: message.author.id, username: message.author.username };
      const { snippet, sentAt } = message;
      return { chat, position, device: deviceId, author, snippet, sent_at: timestamp(sentAt), before: reason, after };
    }),
  };
}
