import type { UserId } from '../../domain/ids.ts';
import type { Announcement, AnnouncementReason, Basis } from '../../domain/push/announcement.ts';
import type { PushDeviceId } from '../../domain/push/device.ts';
import type { LedgerEntry } from '../../domain/push/rehearsal.ts';
import type { MessagePlace } from './messages.ts';

export interface AnnouncementsView {
  /** What was decided about the message for the user's devices, by device. */
  of(place: MessagePlace, userId: UserId): Promise<readonly Announcement[]>;
  /** The newest `limit` decisions for the user's devices that were made last after `since`, the newest first, in all chats. */
  ledgerOf(userId: UserId, page: { readonly since: number; readonly limit: number }): Promise<readonly LedgerEntry[]>;
}

/** A decision, and what it was based on. */
export interface Decided extends Announcement {
  readonly basis: Basis;
}

export interface Settled {
  readonly deviceId: PushDeviceId;
  readonly reason: AnnouncementReason;
  /** Undefined where nothing was decided again. */
  readonly basis?: Basis | undefined;
}

/** The ledger of what was announced on which device, and why. */
export interface Announcements extends AnnouncementsView {
  /** Records decisions, and answers those that are new: about a message and a device there is one. */
  add(place: MessagePlace, decided: readonly Decided[]): Promise<readonly Announcement[]>;
  /** Changes the reason, and the basis if it is given. An unknown decision changes nothing. */
  settle(place: MessagePlace, settled: Settled): Promise<void>;
  /** The decisions about the message with this reason, by device. */
  withReason(place: MessagePlace, reason: AnnouncementReason): Promise<readonly Announcement[]>;
  /** Removes those that were decided last at or before `until`, at most `limit`, and answers how many. */
  removeOld(until: number, limit: number): Promise<number>;
}
