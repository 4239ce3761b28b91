import type { Job, JobKind } from '../../domain/jobs/job.ts';

/** Does what a job asks for. It may be called again for the same job, also while an earlier call is under way elsewhere. */
export type JobHandler<Kind extends JobKind> = (job: Extract<Job, { kind: Kind }>) => Promise<void>;

export type JobHandlers = { readonly [Kind in JobKind]: JobHandler<Kind> };

export async function performJob(handlers: JobHandlers, job: Job): Promise<void> {
  await handlers[job.kind](job);
}
