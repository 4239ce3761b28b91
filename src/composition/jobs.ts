import { JobWorker } from '../application/jobs/job-worker.ts';
import { makeJobHandlers } from '../application/jobs/make-job-handlers.ts';
import { noticeJobs } from '../application/jobs/notice-jobs.ts';
import type { Get } from './container.ts';
import type { OpenMetrics } from './metrics.ts';
import {
  BLOBS,
  BROADCAST,
  CARD_RULES,
  CLOCK,
  ERASURE_LIST,
  FEEDS,
  JOB_WORKER,
  LOG,
  MEASUREMENTS,
  PUSH_SENDER,
  RATE_LIMITS,
  STORAGE,
  THUMBNAILS,
  TIMER,
  WEB_PAGES,
} from './tokens.ts';

export function makeJobWorker(get: Get): JobWorker {
  const storage = get(STORAGE);
  return new JobWorker({
    ...storage,
    timer: get(TIMER),
    log: get(LOG),
    measurements: get(MEASUREMENTS),
    random: Math.random,
    handlers: makeJobHandlers({
      ...storage,
      unitOfWork: noticeJobs(storage.unitOfWork, () => get(JOB_WORKER).wake()),
      blobs: get(BLOBS),
      thumbnails: get(THUMBNAILS),
      broadcast: get(BROADCAST),
      clock: get(CLOCK),
      timer: get(TIMER),
      erasureList: get(ERASURE_LIST),
      deviceUse: get(FEEDS).livePresence,
      pushSender: get(PUSH_SENDER),
      rateLimits: get(RATE_LIMITS),
      webPages: get(WEB_PAGES),
      cardRules: get(CARD_RULES),
    }),
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
