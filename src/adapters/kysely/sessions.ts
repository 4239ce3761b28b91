import type { Selectable } from 'kysely';
import type { FoundSession, Sessions, SessionsView } from '../../application/ports/sessions.ts';
import type { Session } from '../../domain/identity/session.ts';
import type { SessionId, UserId } from '../../domain/ids.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeSessions(db: SqlDatabase): Sessions {
  return { ...makeReads(db), ...makeWrites(db), ...makeRemoving(db) };
}

function makeReads(db: SqlDatabase): SessionsView {
  const byId = prepare(db, (param: Params<{ id: SessionId }>) =>
    db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .selectAll('sessions')
      .select(['users.username', 'users.administrator_since'])
      .where('sessions.id', '=', param('id')),
  );
  const byUser = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom('sessions').selectAll().where('user_id', '=', param('userId')).orderBy('created_at').orderBy('id'),
  );

  return {
    async find(id) {
      const [row] = await byId({ id });
      return row && toFound(row);
    },
    ofUser: async (userId) => (await byUser({ userId })).map(toSession),
  };
}

function makeWrites(db: SqlDatabase): Pick<Sessions, 'add' | 'see' | 'confirm'> {
  const insert = prepare(db, (param: Params<Session>) =>
    db.insertInto('sessions').values({
      id: param('id'),
      user_id: param('userId'),
      created_at: param('createdAt'),
      seen_at: param('seenAt'),
      device: param('device'),
      address: param('address'),
    }),
  );
  const updateSeen = prepare(db, (param: Params<{ id: SessionId; seenAt: number }>) =>
    db
      .updateTable('sessions')
      .set({ seen_at: param('seenAt') })
      .where('id', '=', param('id')),
  );
  const updateConfirmed = prepare(db, (param: Params<{ id: SessionId; confirmedAt: number }>) =>
    db
      .updateTable('sessions')
      .set({ confirmed_at: param('confirmedAt') })
      .where('id', '=', param('id')),
  );

  return {
    async add(session) {
      await insert(session);
    },
    async see(id, seenAt) {
      await updateSeen({ id, seenAt });
    },
    async confirm(id, confirmedAt) {
      await updateConfirmed({ id, confirmedAt });
    },
  };
}

function makeRemoving(db: SqlDatabase): Pick<Sessions, 'remove' | 'removeStale'> {
  const deleteById = prepare(db, (param: Params<{ id: SessionId }>) =>
    db.deleteFrom('sessions').where('id', '=', param('id')).returningAll(),
  );
  const deleteStale = prepare(db, (param: Params<{ createdAt: number; seenAt: number }>) =>
    db
      .deleteFrom('sessions')
      .where((or) => or.or([or('created_at', '<=', param('createdAt')), or('seen_at', '<=', param('seenAt'))]))
      .returningAll(),
  );

  return {
    async remove(id) {
      const [row] = await deleteById({ id });
      return row && toSession(row);
    },
    removeStale: async (until) => (await deleteStale(until)).map(toSession),
  };
}

export function toFound(row: FoundRow): FoundSession {
  const user = { id: row.user_id, username: row.username };
  return { session: toSession(row), user, ...(row.administrator_since !== null && { isAdministrator: true }) };
}

/** A session with the columns of its user that are read along. */
export type FoundRow = Selectable<Schema['sessions']> &
  Pick<Selectable<Schema['users']>, 'username' | 'administrator_since'>;

export function toSession(row: Selectable<Schema['sessions']>): Session {
  const { id, user_id: userId, created_at: createdAt, seen_at: seenAt, device, address } = row;
  return { id, userId, createdAt, seenAt, device, address, confirmedAt: row.confirmed_at ?? undefined };
}
