import { sql } from 'kysely';
import type { DeadJob, Jobs, JobsView } from '../../application/ports/jobs.ts';
import { type JobId, type JobLane, KINDS_OF_LANE } from '../../domain/jobs/job.ts';
import { makeJobClaims } from './job-claims.ts';
import { nowIn, type Timed, timeOf } from './jobs-clock.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeJobs(db: SqlDatabase): Jobs {
  return { ...makeReads(db), ...makeAdding(db), ...makeJobClaims(db), ...makeDeadLetters(db) };
}

function makeReads(db: SqlDatabase): JobsView {
  const earliest = { local: earliestIn(db, 'local'), remote: earliestIn(db, 'remote'), web: earliestIn(db, 'web') };
  const newestDead = prepare(db, (param: Params<{ limit: number }>) =>
    db
      .selectFrom('jobs')
      .select(['id', 'kind', 'data', 'attempts', 'last_error', 'died_at'])
      .where('died_at', 'is not', null)
      .orderBy('died_at', 'desc')
      .orderBy('id', 'desc')
      .limit(param('limit')),
  );

  return {
    async dueIn(lane) {
      const [first] = await earliest[lane]({ now: timeOf(db) });
      return first && Math.max(0, first.due_at - first.now);
    },
    count: counting(db),
    async dead(limit) {
      const rows = await newestDead({ limit });
      return rows.map(
        ({ last_error, died_at, ...row }): DeadJob => ({ ...row, lastError: last_error ?? '', diedAt: died_at ?? 0 }),
      );
    },
  };
}

function earliestIn(db: SqlDatabase, lane: JobLane) {
  return prepare(db, (param: Params<Timed<object>>) =>
    db
      .selectFrom('jobs')
      .select(['due_at', nowIn(db, param).as('now')])
      .where('died_at', 'is', null)
      .where('kind', 'in', KINDS_OF_LANE[lane])
      .orderBy('due_at')
      .limit(1),
  );
}

function counting(db: SqlDatabase): JobsView['count'] {
  const countDue = prepare(db, (param: Params<Timed<object>>) =>
    db
      .selectFrom('jobs')
      .select((jobs) => jobs.fn.countAll<number>().as('count'))
      .where('died_at', 'is', null)
      .where('due_at', '<=', nowIn(db, param)),
  );
  const countDead = prepare(db, () =>
    db
      .selectFrom('jobs')
      .select((jobs) => jobs.fn.countAll<number>().as('count'))
      .where('died_at', 'is not', null),
  );
  return async () => {
    const [[due], [dead]] = await Promise.all([countDue({ now: timeOf(db) }), countDead({})]);
    return { due: Number(due?.count), dead: Number(dead?.count) };
  };
}

function makeDeadLetters(db: SqlDatabase): Pick<Jobs, 'revive' | 'drop'> {
  const reset = prepare(db, (param: Params<Timed<{ id: JobId }>>) =>
    db
      .updateTable('jobs')
      .set({ died_at: null, attempts: 0, due_at: nowIn(db, param), written_at: nowIn(db, param) })
      .where('id', '=', param('id'))
      .where('died_at', 'is not', null)
      .returning('id'),
  );
  const remove = prepare(db, (param: Params<{ id: JobId }>) =>
    db.deleteFrom('jobs').where('id', '=', param('id')).where('died_at', 'is not', null).returning('id'),
  );

  return {
    revive: async (id) => (await reset({ id, now: timeOf(db) })).length > 0,
    drop: async (id) => (await remove({ id })).length > 0,
  };
}

function makeAdding(db: SqlDatabase): Pick<Jobs, 'add'> {
  const insert = prepare(db, (param: Params<Timed<{ kind: string; data: string; delayMs: number }>>) =>
    db.insertInto('jobs').values({
      kind: param('kind'),
      data: param('data'),
      due_at: sql<number>`${nowIn(db, param)} + ${param('delayMs')}`,
      written_at: nowIn(db, param),
      attempts: 0,
    }),
  );

  return {
    async add({ kind, ...data }, { delayMs }) {
      await insert({ kind, data: JSON.stringify(data), delayMs, now: timeOf(db) });
    },
  };
}
