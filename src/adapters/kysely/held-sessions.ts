import type { Selectable } from 'kysely';
import type { HeldSessions } from '../../application/ports/held-sessions.ts';
import type { HeldSession } from '../../domain/identity/held-session.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeHeldSessions(db: SqlDatabase): HeldSessions {
  const byUser = prepare(db, (param: Params<{ userId: UserId }>) =>
    db
      .selectFrom('held_sessions')
      .selectAll()
      .where('user_id', '=', param('userId'))
      .orderBy('created_at')
      .orderBy('id'),
  );
  const upsert = prepare(db, (param: Params<HeldSession>) =>
    db
      .insertInto('held_sessions')
      .values({
        ...{ id: param('id'), user_id: param('userId'), created_at: param('createdAt'), seen_at: param('seenAt') },
        ...{ device: param('device'), address: param('address'), held_until: param('heldUntil') },
      })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ held_until: param('heldUntil') })),
  );
  const deleteOf = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.deleteFrom('held_sessions').where('user_id', '=', param('userId')).returningAll(),
  );
  const deleteExpired = prepare(db, (param: Params<{ until: number }>) =>
    db.deleteFrom('held_sessions').where('held_until', '<=', param('until')).returning('id'),
  );

  return {
    ofUser: async (userId) => (await byUser({ userId })).map(toHeld),
    async put(held) {
      await upsert(held);
    },
    removeOf: async (userId) => (await deleteOf({ userId })).map(toHeld),
    removeExpired: async (until) => (await deleteExpired({ until })).length,
  };
}

function toHeld(row: Selectable<Schema['held_sessions']>): HeldSession {
  const { id, user_id: userId, created_at: createdAt, seen_at: seenAt, device, address } = row;
  return { id, userId, createdAt, seenAt, device, address, heldUntil: row.held_until };
}
