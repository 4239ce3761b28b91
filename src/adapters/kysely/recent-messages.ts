import type { MessagesView, Recent } from '../../application/ports/messages.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** There is no index on authors and times, which every post would have to keep: the query walks back from the newest message. */
export function makeRecentBy(db: SqlDatabase): Pick<MessagesView, 'recentBy'> {
  const lastBefore = prepare(db, (param: Params<{ chatId: ChatId; since: number }>) =>
    db
      .selectFrom('messages')
      .select('position')
      .where('chat_id', '=', param('chatId'))
      .where('sent_at', '<', param('since'))
      .orderBy('position', 'desc')
      .limit(1),
  );
  const after = prepare(db, (param: Params<Asked>) =>
    db
      .selectFrom('messages')
      .select('position')
      .where('chat_id', '=', param('chatId'))
      .where('position', '>', param('last'))
      .where('author_id', '=', param('authorId'))
      .where('kind', '=', 'text')
      .orderBy('position', 'desc')
      .limit(param('limit')),
  );
  return {
    async recentBy(chatId, authorId, { since, limit }) {
      const [last] = await lastBefore({ chatId, since });
      const rows = await after({ chatId, authorId, last: last?.position ?? revision(0), limit });
      return rows.map(({ position }) => position).toReversed();
    },
  };
}

interface Asked extends Pick<Recent, 'limit'> {
  readonly chatId: ChatId;
  readonly authorId: UserId;
  readonly last: Revision;
}
