import { MAX_ATTEMPTS, retryDelay } from '../../domain/jobs/retry.ts';
import type { ClaimedJob } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import type { Measurements } from '../ports/measurements.ts';
import type { Timer } from '../ports/timer.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';
import { errorText } from './error-text.ts';
import { type JobHandlers, performJob } from './job-handlers.ts';

/** An attempt that takes longer counts as failed. */
const MAX_RUN_MS = 60_000;

export interface JobAttemptDeps {
  readonly unitOfWork: UnitOfWork;
  readonly timer: Timer;
  readonly log: Log;
  readonly measurements: Pick<Measurements, 'endedJob'>;
  /** A random number from 0 to 1, exclusive. */
  readonly random: () => number;
  readonly handlers: JobHandlers;
}

interface Failure {
  readonly error: unknown;
  /** The job is not retried. */
  readonly isFinal: boolean;
}

/** Runs a claimed job and records the outcome: done, to be retried, or a dead letter. Rejects when the outcome could not be recorded. */
export function makeAttemptJob(deps: JobAttemptDeps): (claimed: ClaimedJob) => Promise<void> {
  const { unitOfWork, log, measurements, random } = deps;

  return async (claimed) => {
    const failure = await attempt(claimed, deps);
    if (failure) return recordFailure(claimed, failure);
    await unitOfWork.run(({ jobs }) => jobs.complete(claimed));
    measurements.endedJob(claimed.kind, 'done');
  };

  async function recordFailure(claimed: ClaimedJob, failure: Failure): Promise<void> {
    const { kind, attempts } = claimed;
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
}

/** Undefined when the job is done. */
async function attempt(
  { job, attempts }: ClaimedJob,
  { timer, handlers }: JobAttemptDeps,
): Promise<Failure | undefined> {
  if (!job) return { error: new Error('The stored data is not a job of this kind.'), isFinal: true };
  // The process ended during every attempt, so no attempt could be recorded as the last.
  if (attempts > MAX_ATTEMPTS) return { error: new Error('No attempt finished.'), isFinal: true };
  const isLast = attempts === MAX_ATTEMPTS;
  const late = new Promise<never>((_resolve, reject) => {
    timer.after(MAX_RUN_MS, () => reject(new Error('The attempt took too long.')));
  });
  try {
    await Promise.race([performJob(handlers, job, { isLast }), late]);
    return undefined;
  } catch (error) {
    return { error, isFinal: isLast };
  }
}
