import type { MessagesView } from '../../application/ports/messages.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { MessageRow } from './message-rows.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Pinned messages. They have an index of their own. */
export function makePinned(
  db: SqlDatabase,
  toMessages: (rows: readonly MessageRow[]) => Promise<readonly Message[]>,
): Pick<MessagesView, 'pinned'> {
  const select = prepare(db, (param: Params<{ chatId: ChatId }>) =>
    db
      .selectFrom('messages')
      .innerJoin('users', 'users.id', 'messages.author_id')
      .selectAll('messages')
      .select('users.username')
      .where('chat_id', '=', param('chatId'))
      .where('pinned_at', 'is not', null)
      .orderBy('pinned_at', 'desc')
      .orderBy('position', 'desc'),
  );
  return {
    async pinned(chatId) {
      return toMessages(await select({ chatId }));
    },
  };
}
