import type { NewUser, UserCredentials, Users } from '../../application/ports/users.ts';
import type { Username, UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeUsers(db: SqlDatabase): Users {
  const byKey = prepare(db, (param: Params<{ key: UsernameKey }>) =>
    db.selectFrom('users').select(['id', 'username', 'password_hash']).where('username_key', '=', param('key')),
  );
  const byId = prepare(db, (param: Params<{ id: UserId }>) =>
    db
      .selectFrom('users')
      .select(['id', 'username'])
      .where('id', '=', param('id'))
      .where('password_hash', '!=', REMOVED),
  );
  const undoableUntilOf = prepare(db, (param: Params<{ id: UserId }>) =>
    db.selectFrom('users').select('undoable_until').where('id', '=', param('id')),
  );
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
      // An instance of an earlier version does not settle an account that it lets into a chat.
      .where((column) =>
        column.not(
          column.exists(
            column.selectFrom('members').select('members.user_id').whereRef('members.user_id', '=', 'users.id'),
          ),
        ),
      )
      .returning('id'),
  );

  return {
    async find(id) {
      return (await byId({ id }))[0];
    },
    async credentialsOf(key) {
      const [row] = await byKey({ key });
      return row && toCredentials(row);
    },
    async add(user) {
      const [row] = await insert({ ...user, undoableUntil: user.undoableUntil ?? null });
      return row;
    },
    async undoableUntil(id) {
      return (await undoableUntilOf({ id }))[0]?.undoable_until ?? undefined;
    },
    async settle(id) {
      return (await clearUndo({ id })).length > 0;
    },
    async removeUnsettled(id) {
      const name = nameOfRemoved(id);
      return (await release({ id, username: name as Username, key: name as UsernameKey })).length > 0;
    },
    async setPasswordHash(id, passwordHash) {
      await updateHash({ id, passwordHash });
    },
  };
}

const REMOVED = '';

/** No name has a control character, so that this is nobody's, and each removed account has its own. */
const nameOfRemoved = (id: UserId): string => `\u0001${id}`;

function toCredentials(row: { id: UserId; username: Username; password_hash: string }): UserCredentials {
  return { user: { id: row.id, username: row.username }, passwordHash: row.password_hash };
}
