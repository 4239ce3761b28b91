import type { Selectable } from 'kysely';
import type { Passkeys, PasskeysView } from '../../application/ports/passkeys.ts';
import type { Passkey, PasskeyChange, PasskeyId, PasskeyName } from '../../domain/identity/passkey.ts';
import type { UserId } from '../../domain/ids.ts';
import { makePasskeyChallenges } from './passkey-challenges.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makePasskeys(db: SqlDatabase): Passkeys {
  return { ...makeReads(db), ...makeOwners(db), ...makeKeeping(db), ...makeUses(db), ...makePasskeyChallenges(db) };
}

function makeReads(db: SqlDatabase): PasskeysView {
  const byId = prepare(db, (param: Params<{ id: PasskeyId }>) =>
    db.selectFrom('passkeys').selectAll().where('id', '=', param('id')),
  );
  const byUser = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom('passkeys').selectAll().where('user_id', '=', param('userId')).orderBy('created_at').orderBy('id'),
  );
  const owner = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom('passkey_owners').selectAll().where('user_id', '=', param('userId')),
  );

  return {
    async find(id) {
      const [row] = await byId({ id });
      return row && toPasskey(row);
    },
    ofUser: async (userId) => (await byUser({ userId })).map(toPasskey),
    handleOf: async (userId) => (await owner({ userId }))[0]?.handle,
    async lastChange(userId) {
      const [row] = await owner({ userId });
      if (!row || row.change === null || row.changed_name === null || row.changed_at === null) return undefined;
      return { kind: row.change, name: row.changed_name, at: row.changed_at };
    },
  };
}

function makeOwners(db: SqlDatabase): Pick<Passkeys, 'settleHandle' | 'noteChange'> {
  const insert = prepare(db, (param: Params<{ userId: UserId; handle: string }>) =>
    db
      .insertInto('passkey_owners')
      .values({ user_id: param('userId'), handle: param('handle'), change: null, changed_name: null, changed_at: null })
      .onConflict((conflict) => conflict.column('user_id').doNothing()),
  );
  const handle = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom('passkey_owners').select('handle').where('user_id', '=', param('userId')),
  );
  const update = prepare(db, (param: Params<PasskeyChange & { userId: UserId }>) =>
    db
      .updateTable('passkey_owners')
      .set({ change: param('kind'), changed_name: param('name'), changed_at: param('at') })
      .where('user_id', '=', param('userId')),
  );

  return {
    async settleHandle(userId, wanted) {
      await insert({ userId, handle: wanted });
      return (await handle({ userId }))[0]?.handle ?? wanted;
    },
    async noteChange(userId, change) {
      await update({ userId, ...change });
    },
  };
}

function makeKeeping(db: SqlDatabase): Pick<Passkeys, 'add' | 'remove'> {
  const insert = prepare(db, (param: Params<Omit<Passkey, 'transports'> & { transports: string }>) =>
    db
      .insertInto('passkeys')
      .values({
        ...{ id: param('id'), user_id: param('userId'), public_key: param('publicKey'), counter: param('counter') },
        ...{ transports: param('transports'), name: param('name'), created_at: param('createdAt') },
        ...{ used_at: param('usedAt'), held_at: param('heldAt') },
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id'),
  );
  const deleteOne = prepare(db, (param: Params<{ userId: UserId; id: PasskeyId }>) =>
    db.deleteFrom('passkeys').where('id', '=', param('id')).where('user_id', '=', param('userId')).returningAll(),
  );

  return {
    add: async (passkey) => (await insert({ ...passkey, transports: passkey.transports.join() })).length > 0,
    async remove(userId, id) {
      const [row] = await deleteOne({ userId, id });
      return row && toPasskey(row);
    },
  };
}

function makeUses(db: SqlDatabase): Pick<Passkeys, 'use' | 'rename' | 'setHeld'> {
  const updateUse = prepare(db, (param: Params<{ id: PasskeyId; from: number; counter: number; usedAt: number }>) =>
    db
      .updateTable('passkeys')
      .set({ counter: param('counter'), used_at: param('usedAt') })
      .where('id', '=', param('id'))
      .where('counter', '=', param('from'))
      .where('held_at', 'is', null)
      .returning('id'),
  );
  const updateName = prepare(db, (param: Params<{ userId: UserId; id: PasskeyId; name: PasskeyName }>) =>
    db
      .updateTable('passkeys')
      .set({ name: param('name') })
      .where('id', '=', param('id'))
      .where('user_id', '=', param('userId'))
      .returning('id'),
  );
  const updateHeld = prepare(db, (param: Params<{ userId: UserId; heldAt: number | null }>) =>
    db
      .updateTable('passkeys')
      .set({ held_at: param('heldAt') })
      .where('user_id', '=', param('userId')),
  );

  return {
    use: async (id, use) => (await updateUse({ id, ...use })).length > 0,
    rename: async (userId, id, name) => (await updateName({ userId, id, name })).length > 0,
    async setHeld(userId, heldAt) {
      await updateHeld({ userId, heldAt });
    },
  };
}

function toPasskey(row: Selectable<Schema['passkeys']>): Passkey {
  const { id, user_id: userId, public_key: publicKey, counter, name, created_at: createdAt } = row;
  const transports = row.transports === '' ? [] : row.transports.split(',');
  return { id, userId, publicKey, counter, transports, name, createdAt, usedAt: row.used_at, heldAt: row.held_at };
}
