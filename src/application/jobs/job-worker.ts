import { MAX_ATTEMPTS, retryDelay } from '../../domain/jobs/retry.ts';
import type { ClaimedJob } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import type { Measurements } from '../ports/measurements.ts';
import type { StoreView } from '../ports/store.ts';
import type { Timer } from '../ports/timer.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';
import { errorText } from './error-text.ts';
import { type JobHandlers, performJob } from './job-handlers.ts';

/** Maximum jobs that a worker runs at the same time. */
const MAX_RUNNING = 32;
/** Interval at which the worker looks for jobs of other instances. Jobs that this instance adds wake it at once. */
const POLL_MS = 5_000;
/** An attempt that takes longer counts as failed. The lease is longer, so that no other worker claims the job before that. */
const MAX_RUN_MS = 60_000;
const LEASE_MS = 90_000;
/** How long a stop waits for running jobs before it releases them. */
const STOP_PATIENCE_MS = 3_000;

export interface JobWorkerDeps {
  readonly unitOfWork: UnitOfWork;
  readonly view: Pick<StoreView, 'jobs'>;
  readonly timer: Timer;
  readonly log: Log;
  readonly measurements: Pick<Measurements, 'endedJob'>;
  /** A random number from 0 to 1, exclusive. */
  readonly random: () => number;
  readonly handlers: JobHandlers;
}

/**
 * Runs due jobs, each at least once. A job is claimed in one unit of work and completed in another. When the process dies in between,
 * the lease ends and any instance claims the job again.
 */
export class JobWorker {
  readonly #deps: JobWorkerDeps;
  readonly #running = new Map<ClaimedJob, Promise<void>>();
  #state: 'new' | 'started' | 'stopping' = 'new';
  #looking: Promise<void> = Promise.resolve();
  #isLooking = false;
  /** Another look was requested during the current one. */
  #isLookWanted = false;
  /** When the next look begins, by the timer. */
  #nextLook: number | undefined;

  constructor(deps: JobWorkerDeps) {
    this.#deps = deps;
  }

  /** Number of jobs that it is running. */
  get running(): number {
    return this.#running.size;
  }

  start(): void {
    this.#state = 'started';
    this.wake();
  }

  /** Looks for due jobs soon. Does nothing before `start`. */
  wake(): void {
    if (this.#state === 'started') this.#lookAfter(0);
  }

  /** Claims no more jobs. Resolves when the running ones have ended or have been released. */
  async stop(): Promise<void> {
    const { timer, unitOfWork } = this.#deps;
    this.#state = 'stopping';
    await this.#looking;
    const patience = new Promise<void>((resolve) => timer.after(STOP_PATIENCE_MS, resolve));
    await Promise.race([Promise.all(this.#running.values()), patience]);
    const left = [...this.#running.keys()];
    if (left.length === 0) return;
    await unitOfWork
      .run(async ({ jobs }) => {
        for (const claimed of left) await jobs.release(claimed);
      })
      .catch((err: unknown) =>
        this.#warn('job_not_recorded', 'jobs could not be released: they are due when their leases end', err),
      );
  }

  #lookAfter(ms: number): void {
    const { timer } = this.#deps;
    const at = timer.elapsed() + ms;
    if (this.#nextLook !== undefined && this.#nextLook <= at) return;
    this.#nextLook = at;
    timer.after(ms, () => {
      if (this.#nextLook !== at) return;
      this.#nextLook = undefined;
      if (this.#isLooking) this.#isLookWanted = true;
      else this.#looking = this.#lookOnce();
    });
  }

  async #lookOnce(): Promise<void> {
    if (this.#state !== 'started') return;
    this.#isLooking = true;
    let wait = POLL_MS;
    try {
      wait = await this.#look();
    } catch (err) {
      this.#warn('jobs_unavailable', 'the storage could not be asked for jobs: the next look is in some seconds', err);
    }
    this.#isLooking = false;
    if (this.#isLookWanted) wait = 0;
    this.#isLookWanted = false;
    if (this.#state === 'started') this.#lookAfter(wait);
  }

  /** Starts due jobs, and answers in how many milliseconds to look again. */
  async #look(): Promise<number> {
    const { unitOfWork, view } = this.#deps;
    const limit = MAX_RUNNING - this.#running.size;
    // The worker looks again whenever a job ends.
    if (limit === 0) return POLL_MS;
    const dueIn = (await view.jobs.dueIn()) ?? POLL_MS;
    if (dueIn > 0) return Math.min(dueIn, POLL_MS);
    const claims = await unitOfWork.run(({ jobs }) => jobs.claim({ limit, leaseMs: LEASE_MS }));
    for (const claimed of claims) this.#running.set(claimed, this.#run(claimed));
    // Without a claim, other instances were faster.
    return claims.length > 0 ? 0 : POLL_MS;
  }

  async #run(claimed: ClaimedJob): Promise<void> {
    try {
      await this.#record(claimed, await this.#attempt(claimed));
    } catch (err) {
      this.#warn(
        'job_not_recorded',
        'the outcome of a job could not be stored: the job is due again when its lease ends',
        err,
      );
    } finally {
      this.#running.delete(claimed);
      this.wake();
    }
  }

  /** Undefined when the job is done. */
  async #attempt({ job, attempts }: ClaimedJob): Promise<Failure | undefined> {
    const { timer, handlers } = this.#deps;
    if (!job) return { error: new Error('The stored data is not a job of this kind.'), isFinal: true };
    // The process ended during every attempt, so no attempt could be recorded as the last.
    if (attempts > MAX_ATTEMPTS) return { error: new Error('No attempt finished.'), isFinal: true };
    const late = new Promise<never>((_resolve, reject) => {
      timer.after(MAX_RUN_MS, () => reject(new Error('The attempt took too long.')));
    });
    try {
      await Promise.race([performJob(handlers, job), late]);
      return undefined;
    } catch (error) {
      return { error, isFinal: attempts === MAX_ATTEMPTS };
    }
  }

  async #record(claimed: ClaimedJob, failure: Failure | undefined): Promise<void> {
    const { unitOfWork, measurements, random, log } = this.#deps;
    const { kind, attempts } = claimed;
    if (!failure) {
      await unitOfWork.run(({ jobs }) => jobs.complete(claimed));
      measurements.endedJob(kind, 'done');
      return;
    }
    const error = errorText(failure.error);
    if (failure.isFinal) {
      await unitOfWork.run(({ jobs }) => jobs.bury(claimed, error));
      log.error(
        { event: 'job_dead', kind, attempts, err: failure.error },
        'a job failed for good and is kept as a dead letter',
      );
      measurements.endedJob(kind, 'dead');
      return;
    }
    const delayMs = retryDelay(attempts, random());
    await unitOfWork.run(({ jobs }) => jobs.retryLater(claimed, { delayMs, error }));
    log.warn(
      { event: 'job_failed', kind, attempts, retry_in_ms: delayMs, err: failure.error },
      'a job failed and will be retried',
    );
    measurements.endedJob(kind, 'failed');
  }

  #warn(event: 'job_not_recorded' | 'jobs_unavailable', message: string, err: unknown): void {
    this.#deps.log.warn({ event, err }, message);
  }
}

interface Failure {
  readonly error: unknown;
  /** The job is not retried. */
  readonly isFinal: boolean;
}
