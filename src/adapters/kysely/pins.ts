import type { Selectable } from 'kysely';
import type { MessagesView } from '../../application/ports/messages.ts';
import type { Username } from '../../domain/identity/username.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import { type Params, prepare } from './prepare.ts';
import { makeWithReactions } from './reactions.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

type Row = Selectable<Schema['messages']> & { readonly username: Username };

/** Pinned messages. They have an index of their own. */
export function makePinned(db: SqlDatabase, toMessage: (row: Row) => Message): Pick<MessagesView, 'pinned'> {
  const withReactions = makeWithReactions(db);
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
      return withReactions((await select({ chatId })).map(toMessage));
    },
  };
}
