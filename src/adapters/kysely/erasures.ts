import type { Selectable } from 'kysely';
import type { Erasures, ErasuresView, StoredErasure } from '../../application/ports/erasures.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { Erasure } from '../../domain/identity/erasure.ts';
import { type ChatId, userId as toUserId, type UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import { makeRemovePerson } from './removed-people.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeErasures(db: SqlDatabase): Erasures {
  return { ...makeReads(db), ...makeProgress(db), ...makeRemovePerson(db), ...makeAnnouncements(db) };
}

function makeReads(db: SqlDatabase): ErasuresView {
  const byId = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom('erasures').selectAll().where('user_id', '=', param('userId')),
  );
  const after = prepare(db, (param: Params<{ userId: UserId; limit: number }>) =>
    db
      .selectFrom('erasures')
      .selectAll()
      .where('user_id', '>', param('userId'))
      .orderBy('user_id')
      .limit(param('limit')),
  );
  const names = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom('resting_names').select('username_key').where('user_id', '=', param('userId')).limit(100),
  );

  return {
    async find(userId) {
      const [row] = await byId({ userId });
      return row && toErasure(row);
    },
    list: async (userId = toUserId(0), limit) => (await after({ userId, limit })).map(toErasure),
    namesOf: async (userId) => (await names({ userId })).map(({ username_key }) => username_key),
  };
}

function makeProgress(db: SqlDatabase): Pick<Erasures, 'add' | 'reach'> {
  const insert = prepare(db, (param: Params<Erasure & { done: number }>) =>
    db
      .insertInto('erasures')
      .values({
        user_id: param('userId'),
        words: param('words'),
        erased_at: param('at'),
        done: param('done'),
      })
      .onConflict((conflict) => conflict.column('user_id').doNothing()),
  );
  type Reached = { userId: UserId; chatId: ChatId; position: Revision; done: number };
  const update = prepare(db, (param: Params<Reached>) =>
    db
      .updateTable('erasures')
      .set({ chat_id: param('chatId'), position: param('position'), done: param('done') })
      .where('user_id', '=', param('userId')),
  );

  return {
    async add(erasure, { isDone }) {
      await insert({ ...erasure, done: Number(isDone) });
    },
    async reach(userId, { place, isDone }) {
      await update({ userId, chatId: place.chatId, position: place.position, done: Number(isDone) });
    },
  };
}

function makeAnnouncements(db: SqlDatabase): Pick<Erasures, 'removeAnnouncements'> {
  const remove = prepare(db, (param: Params<{ userId: UserId; limit: number }>) =>
    db
      .deleteFrom('announcements')
      .where((column) =>
        column(
          column.refTuple('chat_id', 'position', 'device_id'),
          'in',
          column
            .selectFrom('announcements')
            .select(['chat_id', 'position', 'device_id'])
            .where('user_id', '=', param('userId'))
            .limit(param('limit'))
            .$asTuple('chat_id', 'position', 'device_id'),
        ),
      )
      .returning('device_id'),
  );
  return { removeAnnouncements: async (userId, limit) => (await remove({ userId, limit })).length };
}

function toErasure(row: Selectable<Schema['erasures']>): StoredErasure {
  const { user_id: userId, words, erased_at: at, chat_id: chatId, position, done } = row;
  const reached = chatId === null ? undefined : { chatId, position: position ?? revision(0) };
  return { userId, words, at, reached, isDone: done !== 0 };
}
