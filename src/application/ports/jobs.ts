import type { Job, JobId, JobKind } from '../../domain/jobs/job.ts';

/** A job that a worker holds until its lease ends. */
export interface ClaimedJob {
  readonly id: JobId;
  /** Names this claim: the next claim of the same job has another lease. */
  readonly lease: string;
  readonly kind: JobKind;
  /** Undefined where what is stored is not a job of its kind. */
  readonly job: Job | undefined;
  /** How many times the job was claimed, this time included, since it was added or retried by hand. */
  readonly attempts: number;
}

/** A job that was given up. It is kept until somebody retries or drops it. */
export interface DeadJob {
  readonly id: JobId;
  /** Of any release: it may be unknown to this one. */
  readonly kind: string;
  /** The job as JSON, as it was stored. */
  readonly data: string;
  readonly attempts: number;
  readonly lastError: string;
  /** Milliseconds since 1970. */
  readonly diedAt: number;
}

export interface JobCounts {
  /** Jobs of any kind whose time has come and that no worker holds. */
  readonly due: number;
  readonly dead: number;
}

/**
 * Due times and leases go by one clock for all instances. It is the database server's, where there is one; else this process's
 * monotonic clock, which goes on from where the last process left it, so that a step of the system's clock neither runs a job
 * early nor keeps it from running.
 */
export interface JobsView {
  /** In how many milliseconds the next job that this release knows is due; 0 when one is, undefined when there is none. */
  dueIn(): Promise<number | undefined>;
  count(): Promise<JobCounts>;
  /** The dead jobs, the latest first. */
  dead(limit: number): Promise<readonly DeadJob[]>;
}

/** What a worker does to a claim has no effect once another worker has claimed the job, or somebody dropped it. */
export interface Jobs extends JobsView {
  /** Adds a job, due after `delayMs`. */
  add(job: Job, when: { readonly delayMs: number }): Promise<void>;
  /**
   * Claims up to `limit` due jobs of the kinds that this release knows, the longest due first. Nobody else gets them until
   * `leaseMs` have passed; then they are due again. Workers that claim at the same time get different jobs.
   */
  claim(claim: { readonly limit: number; readonly leaseMs: number }): Promise<readonly ClaimedJob[]>;
  /** Removes a job that is done. */
  complete(claimed: ClaimedJob): Promise<void>;
  /** After a failed attempt: the job is due again after `delayMs`. */
  retryLater(claimed: ClaimedJob, retry: { readonly delayMs: number; readonly error: string }): Promise<void>;
  /** Gives the job up: it becomes a dead letter. */
  bury(claimed: ClaimedJob, error: string): Promise<void>;
  /** Gives the job back as if it had not been claimed: it is due at once. */
  release(claimed: ClaimedJob): Promise<void>;
  /** Makes a dead job due at once, with all its attempts before it. False when there is no such dead job. */
  revive(id: JobId): Promise<boolean>;
  /** Removes a dead job. False when there is no such dead job. */
  drop(id: JobId): Promise<boolean>;
}
