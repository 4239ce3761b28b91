import { randomUUID } from 'node:crypto';
import type { ClaimedJob, Jobs, JobsView } from '../../application/ports/jobs.ts';
import { type JobId, jobId, laneOf } from '../../domain/jobs/job.ts';
import type { MemoryJob } from './rows.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryJobs(tables: Tables, now: () => number): Jobs {
  return {
    ...makeMemoryJobsView(tables, 'current', now),
    ...makeAdding(tables, now),
    ...makeOutcomes(tables, now),
    ...makeDeadLetters(tables, now),
  };
}

function makeAdding({ jobs }: Tables, now: () => number): Pick<Jobs, 'add' | 'claim'> {
  let lastId = 0;
  return {
    async add(job, { delayMs }) {
      lastId += 1;
      const id = jobId(lastId);
      const dueAt = now() + delayMs;
      jobs.insert(id, { id, job, dueAt, attempts: 0, lease: undefined, lastError: '', diedAt: undefined });
    },

    async claim({ lane, limit, leaseMs }) {
      const lease = randomUUID();
      const due = [...jobs.current.values()].filter(
        ({ job, diedAt, dueAt }) => laneOf(job.kind) === lane && diedAt === undefined && dueAt <= now(),
      );
      const claimed = due.toSorted((a, b) => a.dueAt - b.dueAt).slice(0, limit);
      return claimed.map((row) => {
        const attempts = row.attempts + 1;
        jobs.put(row.id, { ...row, lease, attempts, dueAt: now() + leaseMs });
        return { id: row.id, lease, kind: row.job.kind, job: row.job, attempts };
      });
    },
  };
}

function makeOutcomes({ jobs }: Tables, now: () => number): Pick<Jobs, 'complete' | 'retryLater' | 'bury' | 'release'> {
  const change = ({ id, lease }: ClaimedJob, changes: Partial<MemoryJob>) => {
    const row = jobs.current.get(id);
    if (row?.lease === lease) jobs.put(id, { ...row, lease: undefined, ...changes });
  };
  return {
    async complete({ id, lease }) {
      if (jobs.current.get(id)?.lease === lease) jobs.remove(id);
    },

    async retryLater(claimed, { delayMs, error }) {
      change(claimed, { dueAt: now() + delayMs, lastError: error });
    },

    async bury(claimed, error) {
      change(claimed, { diedAt: Math.floor(performance.timeOrigin) + now(), lastError: error });
    },

    async release(claimed) {
      change(claimed, { dueAt: now(), attempts: claimed.attempts - 1 });
    },
  };
}

function makeDeadLetters({ jobs }: Tables, now: () => number): Pick<Jobs, 'revive' | 'drop'> {
  const deadJob = (id: JobId) => {
    const row = jobs.current.get(id);
    return row?.diedAt === undefined ? undefined : row;
  };
  return {
    async revive(id) {
      const row = deadJob(id);
      if (row) jobs.put(id, { ...row, diedAt: undefined, attempts: 0, dueAt: now() });
      return row !== undefined;
    },

    async drop(id) {
      const row = deadJob(id);
      if (row) jobs.remove(id);
      return row !== undefined;
    },
  };
}

export function makeMemoryJobsView({ jobs }: Tables, moment: Moment, now: () => number): JobsView {
  const waiting = () => [...jobs[moment].values()].filter(({ diedAt }) => diedAt === undefined);
  const dead = () =>
    [...jobs[moment].values()].flatMap((row) => (row.diedAt === undefined ? [] : [{ ...row, diedAt: row.diedAt }]));
  return {
    async dueIn(lane) {
      const inLane = waiting().filter(({ job }) => laneOf(job.kind) === lane);
      const first = Math.min(...inLane.map(({ dueAt }) => dueAt));
      return Number.isFinite(first) ? Math.max(0, first - now()) : undefined;
    },

    async count() {
      return { due: waiting().filter(({ dueAt }) => dueAt <= now()).length, dead: dead().length };
    },

    async dead(limit) {
      const latest = dead().toSorted((a, b) => b.diedAt - a.diedAt || b.id - a.id);
      return latest.slice(0, limit).map(({ id, job: { kind, ...data }, attempts, lastError, diedAt }) => {
        return { id, kind, data: JSON.stringify(data), attempts, lastError, diedAt };
      });
    },
  };
}
