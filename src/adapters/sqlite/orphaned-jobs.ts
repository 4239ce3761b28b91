import type { Database } from 'better-sqlite3';
import type { SqliteJobsClock } from './jobs-clock.ts';

/** A job that ends the process does not end the next one as soon as it has started. */
const PAUSE_MS = 5_000;

/**
 * Makes jobs due that the last process was running when it was killed. Only one process has the file open, so nothing runs them any more,
 * and there is no need to wait for the ends of their leases.
 */
export function releaseOrphanedJobs(database: Database, jobsClock: SqliteJobsClock): void {
  const now = jobsClock.now();
  database
    .prepare('update jobs set lease = null, due_at = min(due_at, ?), written_at = ? where lease is not null')
    .run(now + PAUSE_MS, now);
}
