import type { OneTimeLinks } from '../../application/ports/one-time-links.ts';
import type { LinkId, OneTimeLink } from '../../domain/identity/one-time-link.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeOneTimeLinks(db: SqlDatabase): OneTimeLinks {
  return { ...makeKeeping(db), ...makeRemoving(db) };
}

function makeKeeping(db: SqlDatabase): Pick<OneTimeLinks, 'find' | 'put'> {
  const byId = prepare(db, (param: Params<{ id: LinkId }>) =>
    db.selectFrom('one_time_links').selectAll().where('id', '=', param('id')),
  );
  const upsert = prepare(db, (param: Params<OneTimeLink>) =>
    db
      .insertInto('one_time_links')
      .values({ id: param('id'), kind: param('kind'), user_id: param('userId'), expires_at: param('expiresAt') })
      .onConflict((conflict) =>
        conflict
          .columns(['user_id', 'kind'])
          .doUpdateSet(({ ref }) => ({ id: ref('excluded.id'), expires_at: ref('excluded.expires_at') })),
      ),
  );

  return {
    async find(id) {
      const [row] = await byId({ id });
      return row && { id: row.id, kind: row.kind, userId: row.user_id, expiresAt: row.expires_at };
    },
    async put(link) {
      await upsert(link);
    },
  };
}

function makeRemoving(db: SqlDatabase): Pick<OneTimeLinks, 'remove' | 'removeOf' | 'removeExpired'> {
  const deleteOne = prepare(db, (param: Params<{ id: LinkId }>) =>
    db.deleteFrom('one_time_links').where('id', '=', param('id')).returning('id'),
  );
  const deleteOf = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.deleteFrom('one_time_links').where('user_id', '=', param('userId')),
  );
  const deleteExpired = prepare(db, (param: Params<{ until: number }>) =>
    db.deleteFrom('one_time_links').where('expires_at', '<=', param('until')).returning('id'),
  );

  return {
    remove: async (id) => (await deleteOne({ id })).length > 0,
    async removeOf(userId) {
      await deleteOf({ userId });
    },
    removeExpired: async (until) => (await deleteExpired({ until })).length,
  };
}
