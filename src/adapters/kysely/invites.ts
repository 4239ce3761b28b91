import { type Selectable, sql } from 'kysely';
import type { Invites, InvitesView } from '../../application/ports/invites.ts';
import { type Invite, type InviteId, isLive } from '../../domain/chats/invite.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { REMOVED } from './users.ts';

export function makeInvites(db: SqlDatabase): Invites {
  return { ...makeReads(db), ...makeWrites(db), ...makeRemoving(db), ...makeBars(db), ...makeRegistrations(db) };
}

function makeReads(db: SqlDatabase): Omit<InvitesView, 'barredAt'> & Pick<Invites, 'countLive'> {
  const byId = prepare(db, (param: Params<{ id: InviteId }>) =>
    db.selectFrom('invites').selectAll().where('id', '=', param('id')),
  );
  const byChat = prepare(db, (param: Params<{ chatId: ChatId }>) =>
    db
      .selectFrom('invites')
      .innerJoin('users', 'users.id', 'invites.created_by')
      .selectAll('invites')
      .select('users.username')
      .where('chat_id', '=', param('chatId'))
      .orderBy('invites.created_at', 'desc')
      .orderBy('invites.id'),
  );
  const countOf = prepare(db, (param: Params<{ chatId: ChatId; now: number }>) =>
    db
      .selectFrom('invites')
      .select((column) => column.fn.countAll<number>().as('live'))
      .where('chat_id', '=', param('chatId'))
      .where('expires_at', '>', param('now'))
      .where(({ or, eb, ref }) => or([eb('max_uses', 'is', null), eb('uses', '<', ref('max_uses'))])),
  );

  return {
    async find(id) {
      const [row] = await byId({ id });
      return row && toInvite(row);
    },
    async to(chatId) {
      const rows = await byChat({ chatId });
      return rows.map((row) => ({ invite: toInvite(row), by: { id: row.created_by, username: row.username } }));
    },
    async countLive(chatId, now) {
      const [row] = await countOf({ chatId, now });
      return Number(row?.live);
    },
  };
}

function makeWrites(db: SqlDatabase): Pick<Invites, 'add' | 'use'> {
  const insert = prepare(db, (param: Params<Invite>) =>
    db.insertInto('invites').values({
      id: param('id'),
      chat_id: param('chatId'),
      created_by: param('createdBy'),
      created_at: param('createdAt'),
      expires_at: param('expiresAt'),
      max_uses: param('maxUses'),
      uses: param('uses'),
      note: param('note'),
      role: param('role'),
    }),
  );
  // Concurrent uses wait for one another here, and each sees what the one before it has counted.
  const count = prepare(db, (param: Params<{ id: InviteId }>) =>
    db
      .updateTable('invites')
      .set(({ ref }) => ({ uses: sql<number>`${ref('uses')} + 1` }))
      .where('id', '=', param('id'))
      .where(({ or, eb, ref }) => or([eb('max_uses', 'is', null), eb('uses', '<', ref('max_uses'))]))
      .returning('id'),
  );

  return {
    async add(invite) {
      await insert(invite);
    },
    use: async (id) => (await count({ id })).length > 0,
  };
}

function makeRegistrations(db: SqlDatabase): Pick<Invites, 'admitRegistration'> {
  // Concurrent registrations wait for one another here.
  const lock = prepare(db, (param: Params<{ id: InviteId }>) =>
    db
      .selectFrom('invites')
      .selectAll()
      .where('id', '=', param('id'))
      .$if(db.locksWhatItReads, (query) => query.forUpdate()),
  );
  const countOf = prepare(db, (param: Params<{ id: InviteId }>) =>
    db
      .selectFrom('users')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('invited_by', '=', param('id'))
      .where('password_hash', '!=', REMOVED),
  );
  const note = prepare(db, (param: Params<{ id: InviteId; userId: UserId }>) =>
    db
      .updateTable('users')
      .set({ invited_by: param('id') })
      .where('id', '=', param('userId')),
  );

  return {
    async admitRegistration(id, { userId, now }) {
      const [row] = await lock({ id });
      if (!row || !isLive(toInvite(row), now)) return false;
      const [registered] = await countOf({ id });
      if (row.max_uses !== null && Number(registered?.count) >= row.max_uses) return false;
      await note({ id, userId });
      return true;
    },
  };
}

function makeRemoving(db: SqlDatabase): Pick<Invites, 'remove' | 'removeMadeBy' | 'removeAllTo' | 'removeExpired'> {
  const deleteOne = prepare(db, (param: Params<{ id: InviteId }>) =>
    db.deleteFrom('invites').where('id', '=', param('id')),
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
    async remove(id) {
      await deleteOne({ id });
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

function makeBars(db: SqlDatabase): Pick<Invites, 'bar' | 'unbar' | 'barredAt'> {
  const upsert = prepare(db, (param: Params<{ chatId: ChatId; userId: UserId; at: number }>) =>
    db
      .insertInto('barred_members')
      .values({ chat_id: param('chatId'), user_id: param('userId'), barred_at: param('at') })
      .onConflict((conflict) =>
        conflict.columns(['chat_id', 'user_id']).doUpdateSet(({ ref }) => ({ barred_at: ref('excluded.barred_at') })),
      ),
  );
  const deleteOne = prepare(db, (param: Params<{ chatId: ChatId; userId: UserId }>) =>
    db.deleteFrom('barred_members').where('chat_id', '=', param('chatId')).where('user_id', '=', param('userId')),
  );
  const byMember = prepare(db, (param: Params<{ chatId: ChatId; userId: UserId }>) =>
    db
      .selectFrom('barred_members')
      .select('barred_at')
      .where('chat_id', '=', param('chatId'))
      .where('user_id', '=', param('userId')),
  );

  return {
    async bar(chatId, userId, at) {
      await upsert({ chatId, userId, at });
    },
    async unbar(chatId, userId) {
      await deleteOne({ chatId, userId });
    },
    barredAt: async (chatId, userId) => (await byMember({ chatId, userId }))[0]?.barred_at,
  };
}

export function toInvite(row: Selectable<Schema['invites']>): Invite {
  const { id, chat_id: chatId, created_by: createdBy, created_at: createdAt, expires_at: expiresAt } = row;
  const { max_uses: maxUses, uses, note, role } = row;
  return { id, chatId, createdBy, createdAt, expiresAt, maxUses, uses, note, role };
}
