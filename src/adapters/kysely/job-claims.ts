import { sql } from 'kysely';
import type { ClaimedJob, Jobs } from '../../application/ports/jobs.ts';
import { type Job, type JobKind, type JobLane, KINDS_OF_LANE, readJob } from '../../domain/jobs/job.ts';
import { randomName } from './installation.ts';
import { nowIn, type Timed, timeOf } from './jobs-clock.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Claiming jobs, and the ways in which a claim ends. */
export function makeJobClaims(db: SqlDatabase): Pick<Jobs, 'claim' | 'complete' | 'retryLater' | 'bury' | 'release'> {
  return { ...makeClaiming(db), ...makeOutcomes(db) };
}

interface Claim {
  readonly limit: number;
  readonly leaseMs: number;
  readonly lease: string;
}

function makeClaiming(db: SqlDatabase): Pick<Jobs, 'claim'> {
  const claimDue = { local: claimingIn(db, 'local'), remote: claimingIn(db, 'remote'), web: claimingIn(db, 'web') };

  return {
    async claim({ lane, limit, leaseMs }) {
      const lease = randomName();
      const rows = await claimDue[lane]({ limit, leaseMs, lease, now: timeOf(db) });
      return rows.map(({ id, data, attempts, ...row }) => {
        // Only rows of known kinds are claimed.
        const kind = row.kind as JobKind;
        return { id, lease, kind, job: toJob(kind, data), attempts };
      });
    },
  };
}

function claimingIn(db: SqlDatabase, lane: JobLane) {
  // A common table expression is evaluated once. A subquery might be evaluated again for each row and lock more of them.
  return prepare(db, (param: Params<Timed<Claim>>) =>
    db
      .with('due', (due) =>
        due
          .selectFrom('jobs')
          .select('id as due_id')
          .where('died_at', 'is', null)
          .where('due_at', '<=', nowIn(db, param))
          .where('kind', 'in', KINDS_OF_LANE[lane])
          .orderBy('due_at')
          .limit(param('limit'))
          .$if(db.locksWhatItReads, (query) => query.forUpdate().skipLocked()),
      )
      .updateTable('jobs')
      .from('due')
      .set((job) => ({
        lease: param('lease'),
        attempts: sql<number>`${job.ref('attempts')} + 1`,
        due_at: sql<number>`${nowIn(db, param)} + ${param('leaseMs')}`,
        written_at: nowIn(db, param),
      }))
      .whereRef('id', '=', 'due_id')
      .returning(['id', 'kind', 'data', 'attempts']),
  );
}

/** The job, or undefined where the row does not hold one. */
function toJob(kind: JobKind, data: string): Job | undefined {
  try {
    return readJob(kind, JSON.parse(data));
  } catch {
    return undefined;
  }
}

type Held = Pick<ClaimedJob, 'id' | 'lease'>;

function makeOutcomes(db: SqlDatabase): Pick<Jobs, 'complete' | 'release' | 'retryLater' | 'bury'> {
  return { ...makeEndings(db), ...makeFailures(db) };
}

function makeEndings(db: SqlDatabase): Pick<Jobs, 'complete' | 'release'> {
  const remove = prepare(db, (param: Params<Held>) =>
    db.deleteFrom('jobs').where('id', '=', param('id')).where('lease', '=', param('lease')),
  );
  const giveBack = prepare(db, (param: Params<Timed<Held>>) =>
    db
      .updateTable('jobs')
      .set((job) => ({
        lease: null,
        due_at: nowIn(db, param),
        written_at: nowIn(db, param),
        attempts: sql<number>`${job.ref('attempts')} - 1`,
      }))
      .where('id', '=', param('id'))
      .where('lease', '=', param('lease')),
  );

  return {
    async complete({ id, lease }) {
      await remove({ id, lease });
    },
    async release({ id, lease }) {
      await giveBack({ id, lease, now: timeOf(db) });
    },
  };
}

function makeFailures(db: SqlDatabase): Pick<Jobs, 'retryLater' | 'bury'> {
  const postpone = prepare(db, (param: Params<Timed<Held & { delayMs: number; error: string }>>) =>
    db
      .updateTable('jobs')
      .set({
        lease: null,
        due_at: sql<number>`${nowIn(db, param)} + ${param('delayMs')}`,
        written_at: nowIn(db, param),
        last_error: param('error'),
      })
      .where('id', '=', param('id'))
      .where('lease', '=', param('lease')),
  );
  const giveUp = prepare(db, (param: Params<Timed<Held & { error: string }>>) =>
    db
      .updateTable('jobs')
      .set({ lease: null, died_at: nowIn(db, param), written_at: nowIn(db, param), last_error: param('error') })
      .where('id', '=', param('id'))
      .where('lease', '=', param('lease')),
  );

  return {
    async retryLater({ id, lease }, { delayMs, error }) {
      await postpone({ id, lease, delayMs, error, now: timeOf(db) });
    },
    async bury({ id, lease }, error) {
      await giveUp({ id, lease, error, now: timeOf(db) });
    },
  };
}
