import type { Reports, ReportsView } from '../../application/ports/reports.ts';
import { messageId } from '../../domain/messages/message.ts';
import type { Report } from '../../domain/moderation/report.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryReports(tables: Tables): Reports {
  const { messages, reports, users } = tables;
  return {
    ...makeMemoryReportsView(tables, 'current'),

    async add(report) {
      messages.require(messageId(report));
      users.require(report.userId);
      const key = keyOf(report);
      if (reports.current.get(key)) return false;
      reports.insert(key, report);
      return true;
    },

    async setDismissed({ chatId, position }, userId, at) {
      const key = keyOf({ chatId, position, userId });
      const report = reports.current.get(key);
      if (report) reports.put(key, { ...report, dismissedAt: at });
    },
  };
}

export function makeMemoryReportsView(tables: Tables, moment: Moment): ReportsView {
  const inOrder = (isMeant: (report: Report) => boolean) =>
    [...tables.reports[moment].values()]
      .filter(isMeant)
      .toSorted((one, other) => one.at - other.at || one.position - other.position || one.userId - other.userId);
  const stands = (report: Report) => tables.messages[moment].get(messageId(report))?.kind === 'text';

  return {
    async waiting(chatId, limit) {
      const waiting = inOrder((report) => report.chatId === chatId && report.dismissedAt === null && stands(report));
      return waiting.slice(0, limit).flatMap((report) => {
        const by = tables.users[moment].get(report.userId)?.user;
        return by ? [{ report, by }] : [];
      });
    },

    ofMessage: async ({ chatId, position }) =>
      inOrder((report) => report.chatId === chatId && report.position === position),
  };
}

const keyOf = ({ chatId, position, userId }: Pick<Report, 'chatId' | 'position' | 'userId'>) =>
  `${chatId}/${position}/${userId}` as const;
