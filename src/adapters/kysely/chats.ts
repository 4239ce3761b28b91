import type { Selectable } from 'kysely';
import type { Chats, ChatsView } from '../../application/ports/chats.ts';
import { type Chat, type ChatName, type Revision, revision } from '../../domain/chats/chat.ts';
import { archivedChat } from '../../domain/chats/permissions.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { makeChatSummaries } from './chat-summaries.ts';
import { makeDirectChats } from './direct-chats.ts';
import { isListed } from './hidden-chats.ts';
import { type Params, prepare } from './prepare.ts';
import { makeRetention } from './retention.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeChats(db: SqlDatabase): Chats {
  return {
    ...makeReads(db),
    ...makeWrites(db),
    ...makeAdvancing(db),
    ...makeRetention(db),
    ...makeDirectChats(db),
  };
}

function makeReads(db: SqlDatabase): Omit<ChatsView, 'people' | 'findDirect'> {
  const byId = prepare(db, (param: Params<{ id: ChatId }>) =>
    db.selectFrom('chats').select(CHAT_COLUMNS).where('id', '=', param('id')),
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

function makeWrites(db: SqlDatabase): Pick<Chats, 'add' | 'rename' | 'setSlowMode'> {
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
  };
}

function makeAdvancing(db: SqlDatabase): Pick<Chats, 'setArchived' | 'nextRevision'> {
  const updateArchived = prepare(db, (param: Params<{ id: ChatId; at: number | null }>) =>
    db
      .updateTable('chats')
      .set({ archived_at: param('at') })
      .where('id', '=', param('id')),
  );
  const advanceAny = (param: Params<{ id: ChatId }>) =>
    db
      .updateTable('chats')
      .set((column) => ({ revision: column('revision', '+', revision(1)) }))
      .where('id', '=', param('id'))
      .returning('revision');
  const advance = {
    even_archived: prepare(db, advanceAny),
    // A statement that has waited for the unit that archives the chat looks at this again.
    not_archived: prepare(db, (param: Params<{ id: ChatId }>) => advanceAny(param).where('archived_at', 'is', null)),
  };
  const byId = prepare(db, (param: Params<{ id: ChatId }>) =>
    db.selectFrom('chats').select('archived_at').where('id', '=', param('id')),
  );
  return {
    async setArchived(id, at) {
      await updateArchived({ id, at });
    },
    async nextRevision(id, when = 'not_archived'): Promise<Revision> {
      const [row] = await advance[when]({ id });
      if (row) return row.revision;
      if ((await byId({ id })).length > 0) throw archivedChat();
      throw new Error(`There is no chat ${id} to take a revision of.`);
    },
  };
}

export const CHAT_COLUMNS = [
  ...(['id', 'name', 'revision', 'slow_seconds', 'archived_at'] as const),
  ...(['retention_days', 'retention_version', 'erased_to'] as const),
] as const;

export type ChatRow = Pick<Selectable<Schema['chats']>, (typeof CHAT_COLUMNS)[number]>;

export function toChat(row: ChatRow): Chat {
  const { id, name, revision, slow_seconds: slowSeconds, archived_at: archivedAt } = row;
  const retention = { days: row.retention_days, version: row.retention_version, erasedTo: row.erased_to };
  return {
    ...{ id, name, revision },
    ...(slowSeconds !== 0 && { slowSeconds }),
    ...(archivedAt !== null && { archivedAt }),
    ...((retention.version > 0 || retention.erasedTo > 0) && { retention }),
  };
}
