import type { ResetLinks } from '../../application/ports/reset-links.ts';
import type { ResetId, ResetLink } from '../../domain/administration/reset-link.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeResetLinks(db: SqlDatabase): ResetLinks {
  return { ...makeKeeping(db), ...makeRemoving(db) };
}

function makeKeeping(db: SqlDatabase): Pick<ResetLinks, 'find' | 'put'> {
  const byId = prepare(db, (param: Params<{ id: ResetId }>) =>
    db.selectFrom('reset_links').selectAll().where('id', '=', param('id')),
  );
  const upsert = prepare(db, (param: Params<ResetLink>) =>
    db
      .insertInto('reset_links')
      .values({ id: param('id'), user_id: param('userId'), expires_at: param('expiresAt') })
      .onConflict((conflict) =>
        conflict
          .column('user_id')
          .doUpdateSet(({ ref }) => ({ id: ref('excluded.id'), expires_at: ref('excluded.expires_at') })),
      ),
  );

  return {
    async find(id) {
      const [row] = await byId({ id });
      return row && { id: row.id, userId: row.user_id, expiresAt: row.expires_at };
    },
    async put(link) {
      await upsert(link);
    },
  };
}

function makeRemoving(db: SqlDatabase): Pick<ResetLinks, 'remove' | 'removeOf' | 'removeExpired'> {
  const deleteOne = prepare(db, (param: Params<{ id: ResetId }>) =>
    db.deleteFrom('reset_links').where('id', '=', param('id')).returning('id'),
  );
  const deleteOf = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.deleteFrom('reset_links').where('user_id', '=', param('userId')),
  );
  const deleteExpired = prepare(db, (param: Params<{ until: number }>) =>
    db.deleteFrom('reset_links').where('expires_at', '<=', param('until')).returning('id'),
  );

  return {
    remove: async (id) => (await deleteOne({ id })).length > 0,
    async removeOf(userId) {
      await deleteOf({ userId });
    },
    removeExpired: async (until) => (await deleteExpired({ until })).length,
  };
}
