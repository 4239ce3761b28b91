import type { Store } from '../../application/ports/store.ts';
import type { Chat } from '../../domain/chats/chat.ts';
import type { ChatId, SessionId, UserId } from '../../domain/ids.ts';
import { CHAT_COLUMNS, type ChatRow, toChat } from '../kysely/chats.ts';
import { type MembershipRow, toMembership } from '../kysely/members.ts';
import { type StateRow, toState } from '../kysely/reading.ts';
import { type FoundRow, toFound } from '../kysely/sessions.ts';
import type { SqlDatabase } from '../kysely/sql-database.ts';
import { batch, columns } from './batch.ts';

const FIND_CHATS = `select ${CHAT_COLUMNS.join(', ')} from chats where id = any($1::bigint[])`;

const FIND_SESSIONS = `
  select sessions.*, users.username, users.administrator_since
  from sessions join users on users.id = sessions.user_id where sessions.id = any($1::text[])`;

const FIND_MEMBERS = `
  select members.*, chats.archived_at from unnest($1::bigint[], $2::bigint[]) as asked (chat_id, user_id)
  join members using (chat_id, user_id) join chats on chats.id = members.chat_id`;

const FIND_CHATS_OF_USERS = `
  select members.user_id, chats.id, chats.name, chats.revision
  from members join chats on chats.id = members.chat_id where members.user_id = any($1::bigint[]) and not exists (
    select 1 from hidden_chats as hidden
    where hidden.chat_id = members.chat_id and hidden.user_id = members.user_id and hidden.position >= coalesce(
      (select max(messages.position) from messages where messages.chat_id = hidden.chat_id), 0))
  order by members.user_id, members.joined_at desc, members.chat_id desc`;

/** By way of the members, whose index begins with the user. */
const FIND_STATES_OF_USERS = `
  select chat_id, user_id, read_pointers.position, read_pointers.version,
    levels.level, levels.muted_until, levels.pinned, members.role
  from members join read_pointers using (chat_id, user_id) left join levels using (chat_id, user_id)
  where members.user_id = any($1::bigint[])`;

interface MemberKey {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

/**
 * Batches look-ups: a thousand sockets reconnect at once, and every few seconds each open chat, session and list of chats is
 * checked for changes that no event has told of.
 */
export function batchLookUps(store: Store, db: SqlDatabase): Store {
  const chat = batch({
    one: (id: ChatId) => store.chats.find(id),
    several: async (ids) => {
      const rows = await db.run<ChatRow>(FIND_CHATS, [ids]);
      const found = new Map(rows.map((row) => [row.id, toChat(row)]));
      return ids.map((id) => found.get(id));
    },
  });
  const session = batch({
    one: (id: SessionId) => store.sessions.find(id),
    several: async (ids) => {
      const rows = await db.run<FoundRow>(FIND_SESSIONS, [ids]);
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => {
        const row = found.get(id);
        return row && toFound(row);
      });
    },
  });
  return {
    ...store,
    chats: { ...store.chats, find: chat, ofUser: findChatsOfUser(store, db) },
    sessions: { ...store.sessions, find: session },
    members: { ...store.members, find: findMembers(store, db) },
    reading: { ...store.reading, statesOf: findStatesOfUsers(store, db) },
  };
}

function findChatsOfUser({ chats }: Store, db: SqlDatabase): Store['chats']['ofUser'] {
  return batch({
    one: (id: UserId) => chats.ofUser(id),
    several: async (ids): Promise<(readonly Chat[])[]> => {
      const rows = await db.run<Chat & { user_id: UserId }>(FIND_CHATS_OF_USERS, [ids]);
      const found = Map.groupBy(rows, (row) => row.user_id);
      return ids.map((userId) => (found.get(userId) ?? []).map(({ id, name, revision }) => ({ id, name, revision })));
    },
  });
}

interface StateOfMember extends StateRow {
  readonly chat_id: ChatId;
  readonly user_id: UserId;
}

function findStatesOfUsers({ reading }: Store, db: SqlDatabase): Store['reading']['statesOf'] {
  return batch({
    one: (id: UserId) => reading.statesOf(id),
    several: async (ids) => {
      const rows = await db.run<StateOfMember>(FIND_STATES_OF_USERS, [ids]);
      const found = Map.groupBy(rows, (row) => row.user_id);
      const toEntry = ({ chat_id, user_id: _, ...state }: StateOfMember) => [chat_id, toState(state)] as const;
      return ids.map((userId) => new Map((found.get(userId) ?? []).map(toEntry)));
    },
  });
}

function findMembers({ members }: Store, db: SqlDatabase): Store['members']['find'] {
  const find = batch({
    one: ({ chatId, userId }: MemberKey) => members.find(chatId, userId),
    several: async (keys) => {
      const rows = await db.run<MembershipRow>(FIND_MEMBERS, columns(keys, 'chatId', 'userId'));
      const found = new Map(rows.map((row) => [`${row.chat_id} ${row.user_id}`, toMembership(row)]));
      return keys.map(({ chatId, userId }) => found.get(`${chatId} ${userId}`));
    },
  });
  return (chatId, userId) => find({ chatId, userId });
}
