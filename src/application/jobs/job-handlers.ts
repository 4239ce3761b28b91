import type { Job, JobKind } from '../../domain/jobs/job.ts';

/** Carries out a job. Idempotent: it may be called again for the same job, even while another instance still runs an earlier call. */
export type JobHandler<Kind extends JobKind> = (job: Extract<Job, { kind: Kind }>) => Promise<void>;

export type JobHandlers = { readonly [Kind in JobKind]: JobHandler<Kind> };

export async function performJob(handlers: JobHandlers, job: Job): Promise<void> {
  await handlers[job.kind](job);
}
