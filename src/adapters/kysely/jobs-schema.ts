import type { Generated } from 'kysely';
import type { JobId } from '../../domain/jobs/job.ts';

/** The table of work that is done later. */
export interface JobsSchema {
  readonly jobs: {
    readonly id: Generated<JobId>;
    /** A kind that this release does not know is left to the release that stored it. */
    readonly kind: string;
    /** The job as JSON. */
    readonly data: string;
    /** While a worker holds the job, the end of its lease. */
    readonly due_at: number;
    /** The time of the last write to the row, by the clock of `due_at`. */
    readonly written_at: number;
    readonly attempts: number;
    readonly lease: string | null;
    readonly last_error: string | null;
    /** The time at which the job was given up; null before that. */
    readonly died_at: number | null;
  };
}
