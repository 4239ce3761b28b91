import type { Exports } from '../../application/ports/exports.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeExports(db: SqlDatabase): Exports {
  type Claim = { userId: UserId; lease: string; now: number; until: number };
  const claim = prepare(db, (param: Params<Claim>) =>
    db
      .insertInto('exports')
      .values({ user_id: param('userId'), lease: param('lease'), expires_at: param('until') })
      .onConflict((conflict) =>
        conflict
          .column('user_id')
          .doUpdateSet({ lease: param('lease'), expires_at: param('until') })
          .where((column) =>
            column.or([column('exports.expires_at', '<=', param('now')), column('exports.lease', '=', param('lease'))]),
          ),
      )
      .returning('user_id'),
  );
  const remove = prepare(db, (param: Params<{ userId: UserId; lease: string }>) =>
    db.deleteFrom('exports').where('user_id', '=', param('userId')).where('lease', '=', param('lease')),
  );

  return {
    claim: async (userId, claimed) => (await claim({ userId, ...claimed })).length > 0,
    async release(userId, lease) {
      await remove({ userId, lease });
    },
  };
}
