import { sql } from 'kysely';
import type { Members } from '../../application/ports/members.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Whether the member has not hidden the chat, for queries with `members`. */
export const isListed = sql<boolean>`not exists (select 1 from hidden_chats as hidden
    where hidden.chat_id = members.chat_id and hidden.user_id = members.user_id and hidden.position >= coalesce(
      (select max(posted.position) from messages as posted where posted.chat_id = hidden.chat_id), 0))`;

/** The role, which is read anyway, tells groups from direct chats. */
export const isGroup = sql<boolean>`members.role not in ('participant', 'blocked')`;

/** Groups are never hidden, which spares a look-up for each of them. */
export const isGroupOrListed = sql<boolean>`(${isGroup} or ${isListed})`;

interface Key {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

type At = Key & { readonly position: Revision };

export function makeHiddenChats(db: SqlDatabase): Pick<Members, 'hiddenBefore' | 'hide' | 'unhide'> {
  const hiddenBy = prepare(db, (param: Params<Omit<At, 'userId'>>) =>
    db
      .selectFrom('hidden_chats')
      .select('user_id')
      .where('chat_id', '=', param('chatId'))
      .where('position', '<', param('position')),
  );
  const upsert = prepare(db, (param: Params<At>) =>
    db
      .insertInto('hidden_chats')
      .values({ chat_id: param('chatId'), user_id: param('userId'), position: param('position') })
      .onConflict((conflict) =>
        conflict
          .columns(['chat_id', 'user_id'])
          .doUpdateSet((column) => ({ position: column.ref('excluded.position') })),
      ),
  );
  const deleteBefore = prepare(db, (param: Params<At>) =>
    db
      .deleteFrom('hidden_chats')
      .where('chat_id', '=', param('chatId'))
      .where('user_id', '=', param('userId'))
      .where('position', '<', param('position'))
      .returning('user_id'),
  );
  return {
    hiddenBefore: async (chatId, position) => (await hiddenBy({ chatId, position })).map((row) => row.user_id),
    async hide(chatId, userId, position) {
      await upsert({ chatId, userId, position });
    },
    unhide: async (chatId, userId, position) => (await deleteBefore({ chatId, userId, position })).length > 0,
  };
}
