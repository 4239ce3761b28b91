import type { AnnouncementsView } from '../../application/ports/announcements.ts';
import type { UserId } from '../../domain/ids.ts';
import { messageSnippet } from '../../domain/messages/message-snippet.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** The ledger with the messages that it is about, and the texts that were decided about, by one statement. */
export function makeLedger(db: SqlDatabase): AnnouncementsView['ledgerOf'] {
  const select = prepare(db, (param: Params<{ userId: UserId; since: number; limit: number }>) =>
    db
      .selectFrom('announcements as decided')
      .innerJoin('messages', (join) =>
        join.onRef('messages.chat_id', '=', 'decided.chat_id').onRef('messages.position', '=', 'decided.position'),
      )
      .innerJoin('users', 'users.id', 'messages.author_id')
      .leftJoin('message_versions as earlier', (join) =>
        join
          .onRef('earlier.chat_id', '=', 'decided.chat_id')
          .onRef('earlier.position', '=', 'decided.position')
          .onRef('earlier.revision', '=', 'decided.text_revision'),
      )
      .select(['decided.chat_id', 'decided.position', 'decided.device_id', 'decided.user_id', 'decided.reason'])
      .select(['decided.decided_at', 'decided.is_called', 'decided.text_revision as decided_revision'])
      .select(['messages.kind', 'messages.author_id', 'users.username', 'messages.sent_at', 'messages.text'])
      .select(['messages.text_revision', 'earlier.text as earlier_text'])
      .where('decided.user_id', '=', param('userId'))
      .where('decided.decided_at', '>', param('since'))
      .orderBy('decided.decided_at', 'desc')
      .orderBy('decided.chat_id', 'desc')
      .orderBy('decided.position', 'desc')
      .orderBy('decided.device_id', 'desc')
      .limit(param('limit')),
  );
  return async (userId, page) => {
    const rows = await select({ userId, ...page });
    return rows.map((row) => {
      const { kind, text } = row;
      const isCurrent = row.decided_revision === (row.text_revision ?? row.position);
      return {
        ...{ chatId: row.chat_id, position: row.position, deviceId: row.device_id, userId: row.user_id },
        ...{ reason: row.reason, at: Number(row.decided_at) },
        isCalled: row.is_called === null ? undefined : row.is_called === 1,
        // A deleted message has its text among the earlier ones until it is erased.
        text: kind === 'deleted' ? undefined : ((isCurrent ? text : row.earlier_text) ?? undefined),
        message: {
          kind,
          author: { id: row.author_id, username: row.username },
          snippet: messageSnippet(kind, text),
          sentAt: row.sent_at,
        },
      };
    });
  };
}
