import type { Announcements, AnnouncementsView } from '../../application/ports/announcements.ts';
import { messageId } from '../../domain/messages/message.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryAnnouncements(tables: Tables): Announcements {
  const { announcements } = tables;
  const decidedAbout = (place: Parameters<typeof messageId>[0]) => announcements.current.get(messageId(place))?.decided;
  return {
    ...makeMemoryAnnouncementsView(tables, 'current'),

    async add(place, decided, { at }) {
      const known = decidedAbout(place) ?? [];
      const added = decided.filter(({ deviceId }) => known.every((other) => other.deviceId !== deviceId));
      const id = messageId(place);
      announcements.put(id, { id, at, decided: [...known, ...added] });
      return added;
    },

    async settle(place, deviceId, reason) {
      const row = announcements.current.get(messageId(place));
      if (!row) return;
      const decided = row.decided.map((one) => (one.deviceId === deviceId ? { ...one, reason } : one));
      announcements.put(row.id, { ...row, decided });
    },

    async withReason(place, reason) {
      return byDevice((decidedAbout(place) ?? []).filter((one) => one.reason === reason));
    },

    async removeOld(until, limit) {
      let removed = 0;
      for (const { id, at, decided } of announcements.current.values()) {
        if (at > until || removed + decided.length > limit) continue;
        announcements.remove(id);
        removed += decided.length;
      }
      return removed;
    },
  };
}

export function makeMemoryAnnouncementsView({ announcements }: Tables, moment: Moment): AnnouncementsView {
  return {
    async of(place, userId) {
      const decided = announcements[moment].get(messageId(place))?.decided ?? [];
      return byDevice(decided.filter((one) => one.userId === userId));
    },
  };
}

const byDevice = <One extends { readonly deviceId: number }>(decided: readonly One[]): readonly One[] =>
  decided.toSorted((a, b) => a.deviceId - b.deviceId);
