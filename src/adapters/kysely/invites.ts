import type { Selectable } from 'kysely';
import type { Invites, InvitesView } from '../../application/ports/invites.ts';
import type { Invite, InviteId } from '../../domain/chats/invite.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeInvites(db: SqlDatabase): Invites {
  return { ...makeReads(db), ...makeWrites(db) };
}

function makeReads(db: SqlDatabase): InvitesView & Pick<Invites, 'countLive'> {
  const byId = prepare(db, (param: Params<{ id: InviteId }>) =>
    db.selectFrom('invites').selectAll().where('id', '=', param('id')),
  );
  const countOf = prepare(db, (param: Params<{ chatId: ChatId; now: number }>) =>
    db
      .selectFrom('invites')
      .select((column) => column.fn.countAll<number>().as('live'))
      .where('chat_id', '=', param('chatId'))
      .where('expires_at', '>', param('now')),
  );

  return {
    async find(id) {
      const [row] = await byId({ id });
      return row && toInvite(row);
    },
    async countLive(chatId, now) {
      const [row] = await countOf({ chatId, now });
      return Number(row?.live);
    },
  };
}

function makeWrites(db: SqlDatabase): Pick<Invites, 'add' | 'removeMadeBy' | 'removeAllTo' | 'removeExpired'> {
  const insert = prepare(db, (param: Params<Invite>) =>
    db.insertInto('invites').values({
      id: param('id'),
      chat_id: param('chatId'),
      created_by: param('createdBy'),
      expires_at: param('expiresAt'),
    }),
  );
  const deleteMadeBy = prepare(db, (param: Params<{ chatId: ChatId; userId: UserId }>) =>
    db.deleteFrom('invites').where('chat_id', '=', param('chatId')).where('created_by', '=', param('userId')),
  );
  const deleteAllTo = prepare(db, (param: Params<{ chatId: ChatId }>) =>
    db.deleteFrom('invites').where('chat_id', '=', param('chatId')),
  );
  const deleteExpired = prepare(db, (param: Params<{ until: number }>) =>
    db.deleteFrom('invites').where('expires_at', '<=', param('until')).returning('id'),
  );

  return {
    async add(invite) {
      await insert(invite);
    },
    async removeMadeBy(chatId, userId) {
      await deleteMadeBy({ chatId, userId });
    },
    async removeAllTo(chatId) {
      await deleteAllTo({ chatId });
    },
    removeExpired: async (until) => (await deleteExpired({ until })).length,
  };
}

function toInvite(row: Selectable<Schema['invites']>): Invite {
  return { id: row.id, chatId: row.chat_id, createdBy: row.created_by, expiresAt: row.expires_at };
}
