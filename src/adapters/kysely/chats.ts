import type { Selectable } from 'kysely';
import type { Chats, ChatsView } from '../../application/ports/chats.ts';
import { type Chat, type ChatName, revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { makeChatSummaries } from './chat-summaries.ts';
import { makeDirectChats } from './direct-chats.ts';
import { isListed } from './hidden-chats.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeChats(db: SqlDatabase): Chats {
  return { ...makeReads(db), ...makeWrites(db), ...makeDirectChats(db) };
}

function makeReads(db: SqlDatabase): Omit<ChatsView, 'people' | 'findDirect'> {
  const byId = prepare(db, (param: Params<{ id: ChatId }>) =>
    db.selectFrom('chats').select(['id', 'name', 'revision', 'slow_seconds']).where('id', '=', param('id')),
  );
  const byMember = prepare(db, (param: Params<{ userId: UserId }>) =>
    db
      .selectFrom('members')
      .innerJoin('chats', 'chats.id', 'members.chat_id')
      .select(['chats.id', 'chats.name', 'chats.revision'])
      .where('members.user_id', '=', param('userId'))
      .where(isListed)
      .orderBy('members.joined_at', 'desc')
      // Not by `chats.id`: the index on members has the rows in this order already.
      .orderBy('members.chat_id', 'desc'),
  );

  return {
    ...makeChatSummaries(db),
    async find(id) {
      const [row] = await byId({ id });
      return row && toChat(row);
    },
    ofUser: (userId) => byMember({ userId }),
  };
}

function makeWrites(db: SqlDatabase): Pick<Chats, 'add' | 'rename' | 'setSlowMode' | 'nextRevision'> {
  const insert = prepare(db, (param: Params<{ name: ChatName; createdAt: number }>) =>
    db
      .insertInto('chats')
      .values({ name: param('name'), created_at: param('createdAt'), revision: revision(0) })
      .returning(['id', 'name', 'revision']),
  );
  const updateName = prepare(db, (param: Params<{ id: ChatId; name: ChatName }>) =>
    db
      .updateTable('chats')
      .set({ name: param('name') })
      .where('id', '=', param('id')),
  );
  const updateSlowMode = prepare(db, (param: Params<{ id: ChatId; seconds: number }>) =>
    db
      .updateTable('chats')
      .set({ slow_seconds: param('seconds') })
      .where('id', '=', param('id')),
  );
  const advance = prepare(db, (param: Params<{ id: ChatId }>) =>
    db
      .updateTable('chats')
      .set((column) => ({ revision: column('revision', '+', revision(1)) }))
      .where('id', '=', param('id'))
      .returning('revision'),
  );

  return {
    async add(chat) {
      const [row] = await insert(chat);
      if (!row) throw new Error('The database returned no row for a new chat.');
      return row;
    },
    async setSlowMode(id, seconds) {
      await updateSlowMode({ id, seconds });
    },
    async rename(id, name) {
      await updateName({ id, name });
    },
    async nextRevision(id) {
      const [row] = await advance({ id });
      if (!row) throw new Error(`There is no chat ${id} to take a revision of.`);
      return row.revision;
    },
  };
}

export type ChatRow = Pick<Selectable<Schema['chats']>, 'id' | 'name' | 'revision' | 'slow_seconds'>;

export const toChat = ({ slow_seconds: slowSeconds, ...chat }: ChatRow): Chat =>
  slowSeconds === 0 ? chat : { ...chat, slowSeconds };
