import type { Hono } from 'hono';
import type { Env } from '../adapters/http/env.ts';
import type { MetricsListener } from '../adapters/prometheus/listener.ts';
import type { JobWorker } from '../application/jobs/job-worker.ts';
import type { Storage } from '../application/ports/storage.ts';
import type { SearchIndexer } from '../application/search/search-indexer.ts';
import type { UseCases } from '../application/use-cases.ts';
import type { Config } from './config.ts';
import type { Get, Wiring } from './container.ts';
import { replayErasures } from './erasures.ts';
import { openBlobs } from './files.ts';
import { measureJobs } from './jobs.ts';
import type { ServerLog } from './log.ts';
import { type OpenMetrics, openMetrics } from './metrics.ts';
import { bindPorts } from './ports.ts';
import { startPurging } from './purging.ts';
import { settlePushKeys } from './push.ts';
import { openRealtime, type Realtime } from './realtime.ts';
import { type ListeningServer, listen } from './server.ts';
import { openStorage } from './storage.ts';
import { startSweeping } from './sweeping.ts';
import { JOB_WORKER, SEARCH_INDEXER, USE_CASES } from './tokens.ts';
import { makeWeb, type Web } from './web.ts';

export interface App {
  /** For requests without a network, as `app.http.request('/status')`. */
  readonly http: Hono<Env>;
  readonly useCases: UseCases;
  /** Where it listens, and where its metrics can be read, if anywhere. */
  listen(): Promise<{ readonly url: string; readonly metricsUrl: string | undefined }>;
  /** Ends what `listen` began, in an order that loses nothing that was promised. */
  close(): Promise<void>;
}

/** Builds the app that `main` and the tests run. `replace` binds something else in a port's place. */
export async function buildApp(config: Config, log: ServerLog, replace?: (wiring: Wiring) => void): Promise<App> {
  const stopping = new AbortController();
  const metrics = await openMetrics(config.metricsAddress);
  const { blobs, close: closeBlobs } = await openBlobs(config.files, log);
  const storage = await openStorage(config.database, log, metrics?.measurements);
  const realtime = await openRealtime(config.redisUrl, log);
  const pushKeys = await settlePushKeys(storage);
  const wiring = bindPorts({ config, log, storage, blobs, realtime, pushKeys, metrics, stopping: stopping.signal });
  replace?.(wiring);
  const { get } = wiring;
  const useCases = get(USE_CASES);
  const web = makeWeb(get, config, stopping.signal);
  if (metrics) measure(metrics, { get, web, log });
  await replayErasures(useCases, log);
  const stopPurging = startPurging(useCases, log);
  const stopSweeping = startSweeping(useCases, log);
  const parts = {
    config,
    storage,
    closeBlobs,
    realtime,
    metrics,
    web,
    jobWorker: get(JOB_WORKER),
    indexer: get(SEARCH_INDEXER),
  };
  return {
    http: web.http,
    useCases,
    ...lifecycle(parts, () => {
      stopping.abort();
      stopPurging();
      stopSweeping();
    }),
  };
}

interface Parts {
  readonly config: Config;
  readonly storage: Storage;
  readonly closeBlobs: () => void;
  readonly realtime: Realtime;
  readonly metrics: OpenMetrics | undefined;
  readonly web: Web;
  readonly jobWorker: JobWorker;
  readonly indexer: SearchIndexer;
}

/** @param onClose called first */
function lifecycle(
  { config, storage, closeBlobs, realtime, metrics, web, jobWorker, indexer }: Parts,
  onClose: () => void,
): Pick<App, 'listen' | 'close'> {
  let server: ListeningServer | undefined;
  let metricsListener: MetricsListener | undefined;
  return {
    async listen() {
      metricsListener = await metrics?.listen();
      server = await listen(web, config);
      jobWorker.start();
      indexer.start();
      return { url: server.url, metricsUrl: metricsListener?.url };
    },
    async close() {
      onClose();
      const worked = Promise.all([jobWorker.stop(), indexer.stop()]);
      await (server ?? web.followers).close();
      await worked;
      await realtime.close();
      await storage.close();
      closeBlobs();
      // Last, so that the metrics of the stop can be read.
      await metricsListener?.close();
    },
  };
}

function measure(
  metrics: OpenMetrics,
  { get, web, log }: { readonly get: Get; readonly web: Web; readonly log: ServerLog },
): void {
  metrics.gauge('shoal_sockets', 'Open chat sockets and event streams.', () => web.followers.count);
  metrics.counter(
    'shoal_log_lines_dropped_total',
    'Log lines that could not be written.',
    () => log.droppedLines?.() ?? 0,
  );
  measureJobs(metrics, get);
}
