import type { UserId } from '../../domain/ids.ts';
import type { Announcement, AnnouncementReason } from '../../domain/push/announcement.ts';
import type { PushDeviceId } from '../../domain/push/device.ts';
import type { MessagePlace } from './messages.ts';

export interface AnnouncementsView {
  /** What was decided about the message for the user's devices, by device. */
  of(place: MessagePlace, userId: UserId): Promise<readonly Announcement[]>;
}

/** The ledger of what was announced on which device, and why. */
export interface Announcements extends AnnouncementsView {
  /** Records decisions, and answers those that are new: about a message and a device there is one. */
  add(
    place: MessagePlace,
    decided: readonly Announcement[],
    when: { readonly at: number },
  ): Promise<readonly Announcement[]>;
  /** Changes the reason. An unknown decision changes nothing. */
  settle(place: MessagePlace, deviceId: PushDeviceId, reason: AnnouncementReason): Promise<void>;
  /** The decisions about the message with this reason, by device. */
  withReason(place: MessagePlace, reason: AnnouncementReason): Promise<readonly Announcement[]>;
  /** Removes those that were recorded at or before `until`, at most `limit`, and answers how many. */
  removeOld(until: number, limit: number): Promise<number>;
}
