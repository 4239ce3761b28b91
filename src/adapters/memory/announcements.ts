import type { Announcements, AnnouncementsView, Decided } from '../../application/ports/announcements.ts';
import { messageId } from '../../domain/messages/message.ts';
import { messageSnippet } from '../../domain/messages/message-snippet.ts';
import type { Announcement } from '../../domain/push/announcement.ts';
import type { LedgerEntry } from '../../domain/push/rehearsal.ts';
import type { MemoryAnnouncements } from './rows.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryAnnouncements(tables: Tables): Announcements {
  const { announcements } = tables;
  const decidedAbout = (place: Parameters<typeof messageId>[0]) => announcements.current.get(messageId(place))?.decided;
  return {
    ...makeMemoryAnnouncementsView(tables, 'current'),

    async add(place, decided) {
      const known = decidedAbout(place) ?? [];
      const added = decided.filter(({ deviceId }) => known.every((other) => other.deviceId !== deviceId));
      const id = messageId(place);
      announcements.put(id, { id, decided: [...known, ...added] });
      return added.map(toAnnouncement);
    },

    async settle(place, { deviceId, reason, basis }) {
      const row = announcements.current.get(messageId(place));
      if (!row) return;
      const settled = (one: Decided) => ({ ...one, reason, basis: basis ?? one.basis });
      const decided = row.decided.map((one) => (one.deviceId === deviceId ? settled(one) : one));
      announcements.put(row.id, { ...row, decided });
    },

    async withReason(place, reason) {
      return byDevice((decidedAbout(place) ?? []).filter((one) => one.reason === reason));
    },

    async removeOld(until, limit) {
      let removed = 0;
      for (const { id, decided } of announcements.current.values()) {
        const left = decided.filter(({ basis }) => basis.at > until || removed++ >= limit);
        if (left.length === decided.length) continue;
        if (left.length > 0) announcements.put(id, { id, decided: left });
        else announcements.remove(id);
      }
      return Math.min(removed, limit);
    },
  };
}

export function makeMemoryAnnouncementsView(tables: Tables, moment: Moment): AnnouncementsView {
  const { announcements } = tables;
  return {
    async of(place, userId) {
      const decided = announcements[moment].get(messageId(place))?.decided ?? [];
      return byDevice(decided.filter((one) => one.userId === userId));
    },

    async ledgerOf(userId, { since, limit }) {
      return [...announcements[moment].values()]
        .flatMap((row) => entriesOf(tables, moment, row))
        .filter((entry) => entry.userId === userId && entry.at > since)
        .sort(newestFirst)
        .slice(0, limit);
    },
  };
}

const newestFirst = (one: LedgerEntry, other: LedgerEntry): number =>
  other.at - one.at || other.chatId - one.chatId || other.position - one.position || other.deviceId - one.deviceId;

function entriesOf(tables: Tables, moment: Moment, { id, decided }: MemoryAnnouncements): readonly LedgerEntry[] {
  const message = tables.messages[moment].get(id);
  if (!message) return [];
  const { chatId, position, author, kind, sentAt } = message;
  const current = message.kind === 'deleted' ? undefined : message.text;
  const currentRevision = (message.kind === 'text' ? message.edit?.revision : undefined) ?? position;
  const textAt = (revision: number | null) => {
    if (current === undefined || revision === currentRevision) return current;
    return tables.versions[moment].get(id)?.find((version) => version.revision === revision)?.text;
  };
  const shown = { kind, author, snippet: messageSnippet(kind, current ?? ''), sentAt };
  return decided.map(({ basis: { at, isCalled, textRevision }, ...one }) => {
    return { ...one, chatId, position, at, isCalled, text: textAt(textRevision), message: shown };
  });
}

const toAnnouncement = ({ deviceId, userId, reason }: Decided): Announcement => ({ deviceId, userId, reason });

const byDevice = (decided: readonly Decided[]): readonly Announcement[] =>
  decided.map(toAnnouncement).toSorted((a, b) => a.deviceId - b.deviceId);
