import { makeEraseMessage } from '../application/jobs/erase-message.ts';
import { JobWorker } from '../application/jobs/job-worker.ts';
import type { Get } from './container.ts';
import type { OpenMetrics } from './metrics.ts';
import { JOB_WORKER, LOG, MEASUREMENTS, STORAGE, TIMER } from './tokens.ts';

export function makeJobWorker(get: Get): JobWorker {
  const storage = get(STORAGE);
  return new JobWorker({
    ...storage,
    timer: get(TIMER),
    log: get(LOG),
    measurements: get(MEASUREMENTS),
    random: Math.random,
    handlers: { erase_message: makeEraseMessage(storage), scrub: () => storage.scrub() },
  });
}

export function measureJobs(metrics: OpenMetrics, get: Get): void {
  const { view } = get(STORAGE);
  const worker = get(JOB_WORKER);
  metrics.gauge('shoal_jobs_running', 'Jobs that this process is running.', () => worker.running);
  metrics.gauge('shoal_jobs_due', 'Jobs that are due and not running.', async () => (await view.jobs.count()).due);
  metrics.gauge(
    'shoal_jobs_dead',
    'Dead letters: jobs that failed for good.',
    async () => (await view.jobs.count()).dead,
  );
}
