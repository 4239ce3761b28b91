import type { NewUser, UserCredentials, Users, UsersView } from '../../application/ports/users.ts';
import type { Username, UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import { makeAwaitRenames, makeIsResting, makeRenamedReads, makeRenaming } from './renaming.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeUsers(db: SqlDatabase): Users {
  return {
    ...makeReads(db),
    ...makeRenamedReads(db),
    ...makeWrites(db),
    ...makeRenaming(db),
    ...makeAway(db),
    ...makeRemoving(db),
  };
}

function makeReads(db: SqlDatabase): Omit<UsersView, 'awayUntil' | 'away' | 'lastRename' | 'renamed'> {
  const byKey = prepare(db, (param: Params<{ key: UsernameKey }>) =>
    db.selectFrom('users').select(['id', 'username', 'password_hash']).where('username_key', '=', param('key')),
  );
  const byId = prepare(db, (param: Params<{ id: UserId }>) =>
    db
      .selectFrom('users')
      .select(['id', 'username', 'password_hash'])
      .where('id', '=', param('id'))
      .where('password_hash', '!=', REMOVED),
  );
  const undoableUntilOf = prepare(db, (param: Params<{ id: UserId }>) =>
    db.selectFrom('users').select('undoable_until').where('id', '=', param('id')),
  );

  return {
    async find(id) {
      const [row] = await byId({ id });
      return row && toCredentials(row).user;
    },
    async credentialsById(id) {
      const [row] = await byId({ id });
      return row && toCredentials(row);
    },
    async credentialsOf(key) {
      const [row] = await byKey({ key });
      return row && toCredentials(row);
    },
    undoableUntil: async (id) => (await undoableUntilOf({ id }))[0]?.undoable_until ?? undefined,
  };
}

function makeWrites(db: SqlDatabase): Pick<Users, 'add' | 'setPasswordHash'> {
  const awaitRenames = makeAwaitRenames(db);
  const isResting = makeIsResting(db);
  const insert = prepare(db, (param: Params<Omit<NewUser, 'undoableUntil'> & { undoableUntil: number | null }>) =>
    db
      .insertInto('users')
      .values({
        username: param('username'),
        username_key: param('key'),
        password_hash: param('passwordHash'),
        created_at: param('createdAt'),
        undoable_until: param('undoableUntil'),
      })
      .onConflict((conflict) => conflict.column('username_key').doNothing())
      .returning(['id', 'username']),
  );
  const updateHash = prepare(db, (param: Params<{ id: UserId; passwordHash: string }>) =>
    db
      .updateTable('users')
      .set({ password_hash: param('passwordHash') })
      .where('id', '=', param('id')),
  );

  return {
    async add(user) {
      await awaitRenames();
      if (await isResting({ key: user.key, at: user.createdAt })) return undefined;
      const [row] = await insert({ ...user, undoableUntil: user.undoableUntil ?? null });
      return row;
    },
    async setPasswordHash(id, passwordHash) {
      await updateHash({ id, passwordHash });
    },
  };
}

function makeAway(db: SqlDatabase): Pick<Users, 'awayUntil' | 'away' | 'setAwayUntil'> {
  const awayUntilOf = prepare(db, (param: Params<{ id: UserId }>) =>
    db.selectFrom('users').select('away_until').where('id', '=', param('id')),
  );
  const awayAfter = prepare(db, (param: Params<{ after: number; limit: number }>) =>
    db
      .selectFrom('users')
      .select(['id', 'username', 'away_until'])
      .where('away_until', '>', param('after'))
      .orderBy('away_until')
      .orderBy('id')
      .limit(param('limit'))
      .$narrowType<{ away_until: number }>(),
  );
  const update = prepare(db, (param: Params<{ id: UserId; awayUntil: number | null }>) =>
    db
      .updateTable('users')
      .set({ away_until: param('awayUntil') })
      .where('id', '=', param('id')),
  );

  return {
    awayUntil: async (id) => (await awayUntilOf({ id }))[0]?.away_until ?? undefined,
    async away(range) {
      const rows = await awayAfter(range);
      return rows.map(({ id, username, away_until: until }) => ({ user: { id, username }, until }));
    },
    async setAwayUntil(id, awayUntil) {
      await update({ id, awayUntil });
    },
  };
}

function makeRemoving(db: SqlDatabase): Pick<Users, 'settle' | 'removeUnsettled'> {
  const clearUndo = prepare(db, (param: Params<{ id: UserId }>) =>
    db
      .updateTable('users')
      .set({ undoable_until: null })
      .where('id', '=', param('id'))
      .where('password_hash', '!=', REMOVED)
      .returning('id'),
  );
  const release = prepare(db, (param: Params<{ id: UserId; username: Username; key: UsernameKey }>) =>
    db
      .updateTable('users')
      .set({ username: param('username'), username_key: param('key'), password_hash: REMOVED, undoable_until: null })
      .where('id', '=', param('id'))
      .where('undoable_until', 'is not', null)
      // An instance of an earlier version does not settle an account when it lets it into a chat.
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('members').select('members.user_id').whereRef('members.user_id', '=', 'users.id'))),
      )
      .returning('id'),
  );

  return {
    settle: async (id) => (await clearUndo({ id })).length > 0,
    async removeUnsettled(id) {
      const name = nameOfRemoved(id);
      return (await release({ id, username: name as Username, key: name as UsernameKey })).length > 0;
    },
  };
}

export const REMOVED = '';

/** Usernames contain no control characters, so nobody can have this name; the id makes it unique. */
const nameOfRemoved = (id: UserId): string => `\u0001${id}`;

function toCredentials(row: { id: UserId; username: Username; password_hash: string }): UserCredentials {
  return { user: { id: row.id, username: row.username }, passwordHash: row.password_hash };
}
