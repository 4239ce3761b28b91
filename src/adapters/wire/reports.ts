import type { ReportsQueue } from '../../application/use-cases/moderation/view-reports.ts';
import { toWire, type WireMessage } from './message.ts';
import { timestamp } from './timestamp.ts';

/** A message whose reports wait. */
export interface WireReported {
  readonly message: WireMessage;
  /** The oldest first. */
  readonly reports: readonly {
    readonly by: { readonly id: number; readonly username: string };
    readonly reason: string;
    /** RFC 3339, UTC, with milliseconds. */
    readonly reported_at: string;
  }[];
  /** Whether the reader may remove the author, and whether they may ban them. */
  readonly may_remove: boolean;
  readonly may_ban: boolean;
}

export const toWireReports = ({ messages }: ReportsQueue): readonly WireReported[] =>
  messages.map(({ message, reports, mayBeRemoved, mayBeBanned }) => ({
    message: toWire(message),
    reports: reports.map(({ by, report: { reason, at } }) => ({ by, reason, reported_at: timestamp(at) })),
    may_remove: mayBeRemoved,
    may_ban: mayBeBanned,
  }));
