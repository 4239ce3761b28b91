import type {
  Administration,
  AdministrationView,
  NewAdministratorAct,
} from '../../application/ports/administration.ts';
import type { Standing } from '../../domain/administration/standing.ts';
import type { Username, UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import { prepareForList } from './in-list.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';
import { REMOVED } from './users.ts';

export function makeAdministration(db: SqlDatabase): Administration {
  return { ...makeStandings(db), ...makeFacts(db), ...makeActs(db), ...makeWrites(db) };
}

interface StandingRow {
  readonly id: UserId;
  readonly username: Username;
  readonly administrator_since: number | null;
  readonly deactivated_at: number | null;
}

const COLUMNS = ['id', 'username', 'administrator_since', 'deactivated_at'] as const;

export const toStanding = ({ id, username, administrator_since, deactivated_at }: StandingRow): Standing => ({
  user: { id, username },
  administratorSince: administrator_since,
  deactivatedAt: deactivated_at,
});

function makeStandings(db: SqlDatabase): Pick<AdministrationView, 'standing' | 'standingOf' | 'administrators'> {
  const existing = () => db.selectFrom('users').select(COLUMNS).where('password_hash', '!=', REMOVED);
  const byId = prepare(db, (param: Params<{ id: UserId }>) =>
    existing()
      .where('id', '=', param('id'))
      .$if(db.locksWhatItReads, (query) => query.forUpdate()),
  );
  const byKey = prepare(db, (param: Params<{ key: UsernameKey }>) =>
    existing()
      .where('username_key', '=', param('key'))
      .$if(db.locksWhatItReads, (query) => query.forUpdate()),
  );
  const all = prepare(db, () => existing().where('administrator_since', 'is not', null).orderBy('id'));
  const first = ([row]: readonly StandingRow[]) => row && toStanding(row);

  return {
    standing: async (id) => first(await byId({ id })),
    standingOf: async (key) => first(await byKey({ key })),
    administrators: async () => (await all({})).map(toStanding),
  };
}

function makeFacts(db: SqlDatabase): Pick<AdministrationView, 'deactivatedAmong' | 'hasPeople' | 'hasOthers'> {
  const anybody = prepare(db, () => db.selectFrom('users').select('id').where('password_hash', '!=', REMOVED).limit(1));
  const another = prepare(db, (param: Params<{ id: UserId }>) =>
    db.selectFrom('users').select('id').where('password_hash', '!=', REMOVED).where('id', '!=', param('id')).limit(1),
  );
  const inactive = prepareForList(db, (_param: Params<object>, ids: readonly UserId[]) =>
    db.selectFrom('users').select('id').where('deactivated_at', 'is not', null).where('id', 'in', ids),
  );

  return {
    async deactivatedAmong(ids) {
      const [first, ...others] = ids;
      return first === undefined ? [] : (await inactive({}, [first, ...others])).map(({ id }) => id);
    },
    hasPeople: async () => (await anybody({})).length > 0,
    hasOthers: async (id) => (await another({ id })).length > 0,
  };
}

function makeActs(db: SqlDatabase): Pick<Administration, 'acts' | 'addAct'> {
  const latest = prepare(db, (param: Params<{ before: number; limit: number }>) =>
    db
      .selectFrom('administrator_acts as done')
      .leftJoin('users as actors', 'actors.id', 'done.by_id')
      .leftJoin('users as subjects', 'subjects.id', 'done.about_id')
      .select(['done.id', 'done.kind', 'done.detail', 'done.at', 'done.by_id', 'done.about_id'])
      .select(['actors.username as by_name', 'subjects.username as about_name'])
      .where('done.id', '<', param('before'))
      .orderBy('done.id', 'desc')
      .limit(param('limit')),
  );
  const insert = prepare(db, (param: Params<NewAdministratorAct>) =>
    db.insertInto('administrator_acts').values({
      kind: param('kind'),
      by_id: param('by'),
      about_id: param('about'),
      detail: param('detail'),
      at: param('at'),
    }),
  );
  const user = (id: UserId | null, username: Username | null) =>
    id === null || username === null ? null : { id, username };

  return {
    async acts({ before = Number.MAX_SAFE_INTEGER, limit }) {
      const rows = await latest({ before, limit });
      return rows.map(({ id, kind, detail, at, by_id, by_name, about_id, about_name }) => ({
        ...{ place: id, kind, detail, at },
        by: user(by_id, by_name),
        about: user(about_id, about_name),
      }));
    },
    async addAct(act) {
      await insert(act);
    },
  };
}

function makeWrites(db: SqlDatabase): Pick<Administration, 'lock' | 'setAdministrator' | 'setDeactivated'> {
  const lockRow = prepare(db, () =>
    db
      .selectFrom('installation')
      .select('id')
      .$if(db.locksWhatItReads, (query) => query.forUpdate()),
  );
  const setSince = prepare(db, (param: Params<{ id: UserId; since: number | null }>) =>
    db
      .updateTable('users')
      .set({ administrator_since: param('since') })
      .where('id', '=', param('id')),
  );
  const setAt = prepare(db, (param: Params<{ id: UserId; at: number | null }>) =>
    db
      .updateTable('users')
      .set({ deactivated_at: param('at') })
      .where('id', '=', param('id')),
  );

  return {
    async lock() {
      await lockRow({});
    },
    async setAdministrator(id, since) {
      await setSince({ id, since });
    },
    async setDeactivated(id, at) {
      await setAt({ id, at });
    },
  };
}
