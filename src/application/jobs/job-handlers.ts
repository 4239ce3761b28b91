import type { Job, JobKind } from '../../domain/jobs/job.ts';

/** Carries out a job. Idempotent: it may be called again for the same job, even while another instance still runs an earlier call. */
export type JobHandler<Kind extends JobKind> = (job: OfKind<Kind>, attempt: Attempt) => Promise<void>;

export interface Attempt {
  /** When it fails, the job is not tried again. */
  readonly isLast: boolean;
}

/** The jobs of some kinds, in a form in which the compiler knows that a job and its handler belong together. */
type OfKind<Kind extends JobKind> = { [One in Kind]: Extract<Job, { kind: One }> & { readonly kind: One } }[Kind];

export type JobHandlers = { readonly [Kind in JobKind]: JobHandler<Kind> };

export async function performJob<Kind extends JobKind>(
  handlers: JobHandlers,
  job: OfKind<Kind>,
  attempt: Attempt,
): Promise<void> {
  await handlers[job.kind](job, attempt);
}
