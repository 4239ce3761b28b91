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
    db.selectFrom('users').select(['id', 'username']).where('id', '=', param('id')),
  );
  const insert = prepare(db, (param: Params<NewUser>) =>
    db
      .insertInto('users')
      .values({
        username: param('username'),
        username_key: param('key'),
        password_hash: param('passwordHash'),
        created_at: param('createdAt'),
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
    async find(id) {
      return (await byId({ id }))[0];
    },
    async credentialsOf(key) {
      const [row] = await byKey({ key });
      return row && toCredentials(row);
    },
    async add(user) {
      const [row] = await insert(user);
      return row;
    },
    async setPasswordHash(id, passwordHash) {
      await updateHash({ id, passwordHash });
    },
  };
}

function toCredentials(row: { id: UserId; username: Username; password_hash: string }): UserCredentials {
  return { user: { id: row.id, username: row.username }, passwordHash: row.password_hash };
}
