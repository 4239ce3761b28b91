import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { makeHttpApp } from '../adapters/http/app.ts';
import { Connections } from '../adapters/http/connections/connections.ts';
import { maxConnections } from '../adapters/http/connections/descriptors.ts';
import type { Env } from '../adapters/http/env.ts';
import { loadAssets } from '../adapters/http/pages/assets.ts';
import { makePages } from '../adapters/http/pages/pages.ts';
import type { MetricsListener } from '../adapters/prometheus/listener.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { noMeasurements } from '../adapters/system/no-measurements.ts';
import { makePasswordHasher } from '../adapters/system/password-hasher.ts';
import { systemSecrets } from '../adapters/system/secrets.ts';
import { systemTimer } from '../adapters/system/timer.ts';
import type { UseCases } from '../application/use-cases.ts';
import type { Config } from './config.ts';
import { type Get, Wiring } from './container.ts';
import { makeFollowers } from './followers.ts';
import { makeJobWorker, measureJobs } from './jobs.ts';
import type { ServerLog } from './log.ts';
import { openMetrics } from './metrics.ts';
import { openBudgets, openRateLimits } from './rate-limits.ts';
import { openRealtime } from './realtime.ts';
import { type ListeningServer, listen } from './server.ts';
import { openStorage } from './storage.ts';
import {
  BROADCAST,
  BUDGETS,
  CLOCK,
  JOB_WORKER,
  LOG,
  MEASUREMENTS,
  PASSWORD_HASHER,
  PRESENCE,
  RATE_LIMITS,
  SECRETS,
  STORAGE,
  TIMER,
  USE_CASES,
} from './tokens.ts';
import { makeUseCases } from './use-cases.ts';

export interface App {
  /** For requests without a network, as `app.http.request('/status')`. */
  readonly http: Hono<Env>;
  readonly useCases: UseCases;
  /** Where it listens, and where its metrics can be read, if anywhere. */
  listen(): Promise<{ readonly url: string; readonly metricsUrl: string | undefined }>;
  /** Ends what `listen` began, in the order in which nothing that was promised is lost. */
  close(): Promise<void>;
}

const ROOT = new URL('../../', import.meta.url);
/** So long, at the most, do rows outlive their time. */
const PURGE_EVERY_MS = 60_000;

/** Builds the app that `main` and the tests run. `replace` binds something else in a port's place. */
export async function buildApp(config: Config, log: ServerLog, replace?: (wiring: Wiring) => void): Promise<App> {
  const stopping = new AbortController();
  const metrics = await openMetrics(config.metricsAddress);
  const storage = await openStorage(config.database, log, metrics?.measurements);
  const realtime = await openRealtime(config.redisUrl, log);
  const { sharedLimiter, sharedBudgets } = realtime;
  const counting = (get: Get) => ({
    timer: get(TIMER),
    sharedLimiter,
    sharedBudgets,
    measurements: metrics?.measurements,
  });
  const wiring = new Wiring()
    .bind(STORAGE, () => storage)
    .bind(LOG, () => log)
    .bind(MEASUREMENTS, () => metrics?.measurements ?? noMeasurements)
    .bind(BROADCAST, () => realtime.broadcast)
    .bind(PRESENCE, () => realtime.presence)
    .bind(CLOCK, () => systemClock)
    .bind(TIMER, () => systemTimer)
    .bind(SECRETS, () => systemSecrets)
    .bind(PASSWORD_HASHER, () => makePasswordHasher())
    .bind(RATE_LIMITS, (get) => openRateLimits(config, counting(get)))
    .bind(BUDGETS, (get) => openBudgets(config, counting(get)))
    .bind(JOB_WORKER, makeJobWorker)
    .bind(USE_CASES, (get) => makeUseCases(get, { ...config, stopping: stopping.signal }));
  replace?.(wiring);

  const useCases = wiring.get(USE_CASES);
  const { installation } = wiring.get(STORAGE);
  const assets = loadAssets(fileURLToPath(new URL('static/built', ROOT)));
  const pages = makePages({ templates: fileURLToPath(new URL('templates', ROOT)), assets, installation });
  const measurements = wiring.get(MEASUREMENTS);
  const { limits } = config;
  const followers = makeFollowers({ useCases, installation, log, measurements, limits, timer: wiring.get(TIMER) });
  metrics?.gauge('shoal_sockets', 'Open chat sockets and event streams at this moment.', () => followers.count);
  metrics?.counter(
    'shoal_log_lines_dropped_total',
    'Log lines that could not be written.',
    () => log.droppedLines?.() ?? 0,
  );
  if (metrics) measureJobs(metrics, wiring.get);
  const jobWorker = wiring.get(JOB_WORKER);
  const { publicOrigin, trustedProxies, registration } = config;
  const connections = new Connections({ max: maxConnections(), caps: limits?.connections, trustedProxies, log });
  const http = makeHttpApp({
    useCases,
    installation,
    pages,
    assets,
    acceptSocket: followers.acceptSocket,
    acceptStream(c, admitted) {
      const body = followers.acceptStream(c, admitted);
      connections.streaming(c.env.outgoing);
      return body;
    },
    maxRequestsPerClient: limits?.connections.connectionsPerAddress,
    log,
    measurements,
    publicOrigin,
    trustedProxies,
    registration,
    isStopping: () => stopping.signal.aborted,
  });
  const purge = setInterval(() => {
    useCases.purgeExpired().then(
      ({ sessions, invites }) => {
        if (sessions + invites > 0) log.info({ event: 'expired', sessions, invites }, 'what has expired was removed');
      },
      (err: unknown) => log.warn({ event: 'purge_failed', err }, 'expired rows could not be removed'),
    );
  }, PURGE_EVERY_MS).unref();

  let server: ListeningServer | undefined;
  let metricsListener: MetricsListener | undefined;
  return {
    http,
    useCases,
    async listen() {
      metricsListener = await metrics?.listen();
      server = await listen(http, followers, { ...config, connections });
      jobWorker.start();
      return { url: server.url, metricsUrl: metricsListener?.url };
    },
    async close() {
      stopping.abort();
      clearInterval(purge);
      const worked = jobWorker.stop();
      if (server) await server.close();
      else await followers.close();
      await worked;
      await realtime.close();
      await storage.close();
      // To the last, so that how the stop went can be read.
      await metricsListener?.close();
    },
  };
}
