import { sql } from 'kysely';
import type { NewUsername, Users, UsersView } from '../../application/ports/users.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Nobody has this id. */
const NOBODY = 0 as UserId;

export function makeRenamedReads(db: SqlDatabase): Pick<UsersView, 'lastRename' | 'renamed'> {
  const last = prepare(db, () => db.selectFrom('installation').select('renames'));
  const after = prepare(db, (param: Params<{ after: number; since: number; limit: number }>) =>
    db
      .selectFrom('users')
      .select(['id', 'username', 'rename_number', 'renamed_at'])
      .where('rename_number', '>', param('after'))
      .where('renamed_at', '>=', param('since'))
      .orderBy('rename_number')
      .limit(param('limit'))
      .$narrowType<{ rename_number: number; renamed_at: number }>(),
  );

  return {
    lastRename: async () => (await last({}))[0]?.renames ?? 0,
    async renamed(range) {
      const rows = await after(range);
      return rows.map(({ id, username, rename_number: rename, renamed_at: renamedAt }) => ({
        ...{ user: { id, username }, rename, renamedAt },
      }));
    },
  };
}

/** The number of a new rename. Take it first: it keeps other instances from giving the same name until it is committed. */
export function makeNextRename(db: SqlDatabase): () => Promise<number> {
  const next = prepare(db, () =>
    db.updateTable('installation').set({ renames: sql<number>`renames + 1` }).returning('renames'),
  );
  return async () => {
    const rename = (await next({}))[0]?.renames;
    if (rename === undefined) throw new Error('The database has no installation.');
    return rename;
  };
}

export function makeRenaming(db: SqlDatabase): Pick<Users, 'rename' | 'removeRested'> {
  const nextRename = makeNextRename(db);
  const formerKey = prepare(db, (param: Params<{ id: UserId }>) =>
    db.selectFrom('users').select('username_key').where('id', '=', param('id')).where('password_hash', '!=', ''),
  );
  const holderOf = prepare(db, (param: Params<{ key: UsernameKey }>) =>
    db.selectFrom('users').select('id').where('username_key', '=', param('key')),
  );
  const names = makeRestingNames(db);
  const update = makeUpdate(db);

  return {
    async rename({ id, username, key, renamedAt, restsUntil }) {
      const rename = await nextRename();
      const former = (await formerKey({ id }))[0]?.username_key;
      const holder = (await holderOf({ key }))[0]?.id;
      if (former === undefined || (holder !== undefined && holder !== id)) return undefined;
      if (await names.isResting({ key, at: renamedAt, for: id })) return undefined;
      await update({ id, username, key, rename, renamedAt });
      await names.wake(key);
      if (former !== key) await names.rest({ key: former, userId: id, restsUntil });
      return { user: { id, username }, rename, renamedAt };
    },
    removeRested: names.removeRested,
  };
}

function makeUpdate(db: SqlDatabase) {
  type Values = Omit<NewUsername, 'restsUntil'> & { readonly rename: number };
  return prepare(db, (param: Params<Values>) =>
    db
      .updateTable('users')
      .set({
        username: param('username'),
        username_key: param('key'),
        rename_number: param('rename'),
        renamed_at: param('renamedAt'),
      })
      .where('id', '=', param('id')),
  );
}

export function makeRestingNames(db: SqlDatabase) {
  const insert = prepare(db, (param: Params<{ key: UsernameKey; userId: UserId; restsUntil: number }>) =>
    db
      .insertInto('resting_names')
      .values({ username_key: param('key'), user_id: param('userId'), rests_until: param('restsUntil') })
      .onConflict((conflict) =>
        conflict.column('username_key').doUpdateSet({ user_id: param('userId'), rests_until: param('restsUntil') }),
      ),
  );
  const deleteOne = prepare(db, (param: Params<{ key: UsernameKey }>) =>
    db.deleteFrom('resting_names').where('username_key', '=', param('key')),
  );
  const deleteRested = prepare(db, (param: Params<{ until: number }>) =>
    db.deleteFrom('resting_names').where('rests_until', '<=', param('until')).returning('user_id'),
  );

  return {
    isResting: makeIsResting(db),
    async rest(name: { key: UsernameKey; userId: UserId; restsUntil: number }): Promise<void> {
      await insert(name);
    },
    async wake(key: UsernameKey): Promise<void> {
      await deleteOne({ key });
    },
    removeRested: async (until: number) => (await deleteRested({ until })).length,
  };
}

/** Answers whether the name rests at this moment (ms) for another user than the one who is named. */
export function makeIsResting(db: SqlDatabase) {
  const resting = prepare(db, (param: Params<{ key: UsernameKey; at: number; for: UserId }>) =>
    db
      .selectFrom('resting_names')
      .select('user_id')
      .where('username_key', '=', param('key'))
      .where('rests_until', '>', param('at'))
      .where('user_id', '!=', param('for')),
  );
  return async (name: { readonly key: UsernameKey; readonly at: number; readonly for?: UserId }): Promise<boolean> =>
    (await resting({ for: NOBODY, ...name })).length > 0;
}

/**
 * Answers once no other instance is about to rename a user. A name that was looked for before that could have been given, or begun to
 * rest, in the meantime. Registrations do not wait for each other.
 */
export function makeAwaitRenames(db: SqlDatabase): () => Promise<unknown> {
  if (!db.locksWhatItReads) return async () => undefined;
  const lock = prepare(db, () => db.selectFrom('installation').select('renames').forShare());
  return () => lock({});
}
