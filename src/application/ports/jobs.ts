import type { Job, JobId, JobKind, JobLane } from '../../domain/jobs/job.ts';

/** A job that a worker has claimed until its lease ends. */
export interface ClaimedJob {
  readonly id: JobId;
  /** Identifies this claim: the next claim of the same job has another lease. */
  readonly lease: string;
  readonly kind: JobKind;
  /** Undefined when the stored data is not a job of its kind. */
  readonly job: Job | undefined;
  /** How many times the job was claimed, this claim included, since it was added or revived. */
  readonly attempts: number;
}

/** A dead letter: a job that failed for good. It is kept until it is revived or dropped. */
export interface DeadJob {
  readonly id: JobId;
  /** This release may not know it. */
  readonly kind: string;
  /** The job as JSON, as it was stored. */
  readonly data: string;
  readonly attempts: number;
  readonly lastError: string;
  /** Milliseconds since 1970. */
  readonly diedAt: number;
}

export interface JobCounts {
  /** Due jobs of any kind that no worker has claimed. */
  readonly due: number;
  readonly dead: number;
}

/**
 * Due times and leases are measured by one clock for all instances: the database server's clock, or, where there is no server, this
 * process's monotonic clock, which continues where the last process left it. A step of the system clock therefore neither runs a job
 * early nor delays it.
 */
export interface JobsView {
  /** In how many milliseconds the lane's next job is due; 0 when one is due, undefined without one. */
  dueIn(lane: JobLane): Promise<number | undefined>;
  count(): Promise<JobCounts>;
  /** The dead letters, most recent first. */
  dead(limit: number): Promise<readonly DeadJob[]>;
}

/** Operations on a claim have no effect once another worker has claimed the job, or the job was dropped. */
export interface Jobs extends JobsView {
  /** Adds a job, due after `delayMs`. */
  add(job: Job, when: { readonly delayMs: number }): Promise<void>;
  /**
   * Claims up to `limit` due jobs of the lane, longest due first. No other worker gets them until `leaseMs` have passed; then they are
   * due again. Concurrent claims get different jobs.
   */
  claim(claim: {
    readonly lane: JobLane;
    readonly limit: number;
    readonly leaseMs: number;
  }): Promise<readonly ClaimedJob[]>;
  /** Removes a finished job. */
  complete(claimed: ClaimedJob): Promise<void>;
  /** After a failed attempt: the job is due again after `delayMs`. */
  retryLater(claimed: ClaimedJob, retry: { readonly delayMs: number; readonly error: string }): Promise<void>;
  /** Turns the job into a dead letter. */
  bury(claimed: ClaimedJob, error: string): Promise<void>;
  /** Undoes the claim: the job is due at once. */
  release(claimed: ClaimedJob): Promise<void>;
  /** Makes a dead letter due at once, with no attempts counted. False when there is no such dead letter. */
  revive(id: JobId): Promise<boolean>;
  /** Removes a dead letter. False when there is no such dead letter. */
  drop(id: JobId): Promise<boolean>;
}
