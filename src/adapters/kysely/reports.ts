import type { MessagePlace } from '../../application/ports/messages.ts';
import type { Reports } from '../../application/ports/reports.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Report } from '../../domain/moderation/report.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

const COLUMNS = [
  'reports.chat_id as chatId',
  'reports.position',
  'reports.user_id as userId',
  'reports.reason',
  'reports.reported_at as at',
  'reports.dismissed_at as dismissedAt',
] as const;

export function makeReports(db: SqlDatabase): Reports {
  const ofChat = prepare(db, (param: Params<{ chatId: ChatId; limit: number }>) =>
    db
      .selectFrom('reports')
      .innerJoin('users', 'users.id', 'reports.user_id')
      .innerJoin('messages', (join) =>
        join.onRef('messages.chat_id', '=', 'reports.chat_id').onRef('messages.position', '=', 'reports.position'),
      )
      .select([...COLUMNS, 'users.username'])
      .where('reports.chat_id', '=', param('chatId'))
      .where('reports.dismissed_at', 'is', null)
      .where('messages.kind', '=', 'text')
      .orderBy('reports.reported_at')
      .orderBy('reports.position')
      .orderBy('reports.user_id')
      .limit(param('limit')),
  );
  const atPlace = prepare(db, (param: Params<MessagePlace>) =>
    db
      .selectFrom('reports')
      .select(COLUMNS)
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .orderBy('reported_at')
      .orderBy('user_id'),
  );
  const update = prepare(db, (param: Params<MessagePlace & { userId: UserId; at: number | null }>) =>
    db
      .updateTable('reports')
      .set({ dismissed_at: param('at') })
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('user_id', '=', param('userId')),
  );
  const insert = makeInsert(db);

  return {
    async waiting(chatId, limit) {
      const rows = await ofChat({ chatId, limit });
      return rows.map(({ username, ...report }) => ({ report, by: { id: report.userId, username } }));
    },
    ofMessage: ({ chatId, position }) => atPlace({ chatId, position }),
    add: async (report) => (await insert(report)).length > 0,
    async setDismissed({ chatId, position }, userId, at) {
      await update({ chatId, position, userId, at });
    },
  };
}

const makeInsert = (db: SqlDatabase) =>
  prepare(db, (param: Params<Report>) =>
    db
      .insertInto('reports')
      .values({
        chat_id: param('chatId'),
        position: param('position'),
        user_id: param('userId'),
        reason: param('reason'),
        reported_at: param('at'),
        dismissed_at: param('dismissedAt'),
      })
      .onConflict((conflict) => conflict.columns(['chat_id', 'position', 'user_id']).doNothing())
      .returning('user_id'),
  );
