import { type JobLane, laneOf } from '../../domain/jobs/job.ts';
import type { ClaimedJob } from '../ports/jobs.ts';
import type { StoreView } from '../ports/store.ts';
import { type JobAttemptDeps, makeAttemptJob } from './attempt-job.ts';

/** Maximum jobs that a worker runs at the same time. Those of the remote lane mostly wait. */
const PLACES: { readonly [Lane in JobLane]: number } = { local: 32, remote: 64, web: 8 };
/**
 * Interval at which the worker looks for jobs of other processes: what a command ends must end within a second. Jobs that this instance
 * adds wake it at once.
 */
const POLL_MS = 500;
/** Longer than an attempt may take, so that no other worker claims the job before that. */
const LEASE_MS = 90_000;
/** How long a stop waits for running jobs before it releases them. */
const STOP_PATIENCE_MS = 3_000;

export interface JobWorkerDeps extends JobAttemptDeps {
  readonly view: Pick<StoreView, 'jobs'>;
}

/**
 * Runs due jobs, each at least once. A job is claimed in one unit of work and completed in another. When the process dies in between,
 * the lease ends and any instance claims the job again.
 */
export class JobWorker {
  readonly #deps: JobWorkerDeps;
  readonly #attempt: (claimed: ClaimedJob) => Promise<void>;
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
    this.#attempt = makeAttemptJob(deps);
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
    return Math.min(await this.#lookIn('local'), await this.#lookIn('remote'), await this.#lookIn('web'));
  }

  async #lookIn(lane: JobLane): Promise<number> {
    const { unitOfWork, view } = this.#deps;
    const running = [...this.#running.keys()].filter(({ kind }) => laneOf(kind) === lane);
    const limit = PLACES[lane] - running.length;
    // The worker looks again whenever a job ends.
    if (limit === 0) return POLL_MS;
    const dueIn = (await view.jobs.dueIn(lane)) ?? POLL_MS;
    if (dueIn > 0) return Math.min(dueIn, POLL_MS);
    const claims = await unitOfWork.run(({ jobs }) => jobs.claim({ lane, limit, leaseMs: LEASE_MS }));
    for (const claimed of claims) this.#running.set(claimed, this.#run(claimed));
    // Without a claim, other instances were faster.
    return claims.length > 0 ? 0 : POLL_MS;
  }

  async #run(claimed: ClaimedJob): Promise<void> {
    try {
      await this.#attempt(claimed);
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

  #warn(event: 'job_not_recorded' | 'jobs_unavailable', message: string, err: unknown): void {
    this.#deps.log.warn({ event, err }, message);
  }
}
