import { type Selectable, sql } from 'kysely';
import type { Members, MembersView } from '../../application/ports/members.ts';
import type { JoiningPlace, Membership, Role } from '../../domain/chats/membership.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import { type ChatId, chatId as toChatId, type UserId, userId } from '../../domain/ids.ts';
import { makeCompanions } from './companions.ts';
import { makeHiddenChats } from './hidden-chats.ts';
import { prepareForList } from './in-list.ts';
import { makeLatestMembers } from './latest-members.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

const BEFORE_ALL: JoiningPlace = { joinedAt: Number.MIN_SAFE_INTEGER, userId: userId(0) };

interface Key {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

export function makeMembers(db: SqlDatabase): Members {
  return { ...makeReads(db), ...makeLatestMembers(db), ...makeWrites(db), ...makeHiddenChats(db) };
}

function makeReads(db: SqlDatabase): Omit<MembersView, 'hiddenBefore' | 'latest'> {
  const byKey = prepare(db, (param: Params<Key>) =>
    selectMemberships(db)
      .where('members.chat_id', '=', param('chatId'))
      .where('members.user_id', '=', param('userId'))
      .$if(db.locksWhatItReads, (query) => query.forShare('members')),
  );
  const countOf = prepare(db, (param: Params<{ chatId: ChatId }>) =>
    db
      .selectFrom('members')
      .select((column) => column.fn.countAll<number>().as('members'))
      .where('chat_id', '=', param('chatId')),
  );
  const heirOf = prepare(db, (param: Params<Key>) =>
    db
      .selectFrom('members')
      .innerJoin('users', 'users.id', 'members.user_id')
      .select(['users.id', 'users.username'])
      .where('members.chat_id', '=', param('chatId'))
      .where('members.user_id', '!=', param('userId'))
      .orderBy(sql`case members.role when 'moderator' then 0 else 1 end`)
      .orderBy('members.joined_at')
      .orderBy('members.user_id')
      .limit(1),
  );
  const byName = prepareForList(db, selectNamed(db));
  const listAfter = prepare(db, (param: Params<Page>) => selectPage(db, param));

  return {
    async find(chatId, userId) {
      const [row] = await byKey({ chatId, userId });
      return row && toMembership(row);
    },
    async count(chatId) {
      const [row] = await countOf({ chatId });
      return Number(row?.members ?? 0);
    },
    async list(chatId, after, limit) {
      const rows = await listAfter({ chatId, ...(after ?? BEFORE_ALL), limit });
      return rows.map(({ id, username, role, joined_at }) => ({ user: { id, username }, role, joinedAt: joined_at }));
    },
    async heir(chatId, leaver = userId(0)) {
      const [user] = await heirOf({ chatId, userId: leaver });
      return user;
    },
    async named(chatId, [first, ...others]) {
      return first === undefined ? [] : byName({ chatId }, [first, ...others]);
    },
    ...makeCompanions(db),
    ...makeOfUser(db),
  };
}

function makeOfUser(db: SqlDatabase): Pick<MembersView, 'ofUser'> {
  const ofUserAfter = prepare(db, (param: Params<Key & { limit: number }>) =>
    selectMemberships(db)
      .where('members.user_id', '=', param('userId'))
      .where('members.chat_id', '>', param('chatId'))
      .orderBy('members.chat_id')
      .limit(param('limit')),
  );
  return {
    async ofUser(userId, after, limit) {
      const rows = await ofUserAfter({ userId, chatId: after ?? toChatId(0), limit });
      return rows.map(toMembership);
    },
  };
}

const selectMemberships = (db: SqlDatabase) =>
  db
    .selectFrom('members')
    .innerJoin('chats', 'chats.id', 'members.chat_id')
    .selectAll('members')
    .select('chats.archived_at');

interface Page extends JoiningPlace {
  readonly chatId: ChatId;
  readonly limit: number;
}

function selectPage(db: SqlDatabase, param: Params<Page>) {
  return db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['users.id', 'users.username', 'members.role', 'members.joined_at'])
    .where('members.chat_id', '=', param('chatId'))
    .where((column) =>
      column(
        column.refTuple('members.joined_at', 'members.user_id'),
        '>',
        column.tuple(param('joinedAt'), param('userId')),
      ),
    )
    .orderBy('members.joined_at')
    .orderBy('members.user_id')
    .limit(param('limit'));
}

function selectNamed(db: SqlDatabase) {
  return (param: Params<Pick<Key, 'chatId'>>, keys: readonly UsernameKey[]) =>
    db
      .selectFrom('users')
      .innerJoin('members', 'members.user_id', 'users.id')
      .select(['users.id', 'users.username'])
      .where('members.chat_id', '=', param('chatId'))
      .where('users.username_key', 'in', keys);
}

function makeWrites(db: SqlDatabase): Pick<Members, 'add' | 'setRole' | 'remove'> {
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
  const insertPointer = makeInsertPointer(db);
  const updateRole = prepare(db, (param: Params<Key & { role: Role }>) =>
    db
      .updateTable('members')
      .set({ role: param('role') })
      .where('chat_id', '=', param('chatId'))
      .where('user_id', '=', param('userId')),
  );
  const deleteByKey = prepare(db, (param: Params<Key>) =>
    db
      .deleteFrom('members')
      .where('chat_id', '=', param('chatId'))
      .where('user_id', '=', param('userId'))
      .returning('chat_id'),
  );

  return {
    async add(membership) {
      const isNew = (await insert(membership)).length > 0;
      if (isNew) await insertPointer(membership);
      return isNew;
    },
    async setRole(chatId, userId, role) {
      await updateRole({ chatId, userId, role });
    },
    remove: async (chatId, userId) => (await deleteByKey({ chatId, userId })).length > 0,
  };
}

/** The pointer of a new member, at the chat's revision. */
function makeInsertPointer(db: SqlDatabase) {
  return prepare(db, (param: Params<Key>) =>
    db
      .insertInto('read_pointers')
      .columns(['chat_id', 'user_id', 'position', 'version'])
      .expression((from) =>
        from
          .selectFrom('members')
          .innerJoin('chats', 'chats.id', 'members.chat_id')
          .select(['members.chat_id', 'members.user_id', 'chats.revision', from.lit(0).as('version')])
          .where('members.chat_id', '=', param('chatId'))
          .where('members.user_id', '=', param('userId')),
      ),
  );
}

/** A row of `members` with `archived_at` of its chat. */
export type MembershipRow = Selectable<Schema['members']> & Pick<Selectable<Schema['chats']>, 'archived_at'>;

export function toMembership(row: MembershipRow): Membership {
  const membership = { chatId: row.chat_id, userId: row.user_id, role: row.role, joinedAt: row.joined_at };
  return row.archived_at === null ? membership : { ...membership, isArchived: true };
}
