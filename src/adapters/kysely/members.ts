import type { Selectable } from 'kysely';
import type { Members } from '../../application/ports/members.ts';
import type { Membership } from '../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

interface Key {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

export function makeMembers(db: SqlDatabase): Members {
  const byKey = prepare(db, (param: Params<Key>) =>
    db.selectFrom('members').selectAll().where('chat_id', '=', param('chatId')).where('user_id', '=', param('userId')),
  );
  const countOf = prepare(db, (param: Params<{ chatId: ChatId }>) =>
    db
      .selectFrom('members')
      .select((column) => column.fn.countAll<number>().as('members'))
      .where('chat_id', '=', param('chatId')),
  );
  const insert = prepare(db, (param: Params<Membership>) =>
    db
      .insertInto('members')
      .values({
        chat_id: param('chatId'),
        user_id: param('userId'),
        role: param('role'),
        joined_at: param('joinedAt'),
      })
      .onConflict((conflict) => conflict.columns(['chat_id', 'user_id']).doNothing())
      .returning('chat_id'),
  );
  const deleteByKey = prepare(db, (param: Params<Key>) =>
    db
      .deleteFrom('members')
      .where('chat_id', '=', param('chatId'))
      .where('user_id', '=', param('userId'))
      .returning('chat_id'),
  );

  return {
    async find(chatId, userId) {
      const [row] = await byKey({ chatId, userId });
      return row && toMembership(row);
    },
    async count(chatId) {
      const [row] = await countOf({ chatId });
      return Number(row?.members ?? 0);
    },
    async add(membership) {
      return (await insert(membership)).length > 0;
    },
    async remove(chatId, userId) {
      return (await deleteByKey({ chatId, userId })).length > 0;
    },
  };
}

function toMembership(row: Selectable<Schema['members']>): Membership {
  return { chatId: row.chat_id, userId: row.user_id, role: row.role, joinedAt: row.joined_at };
}
