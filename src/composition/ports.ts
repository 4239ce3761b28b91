import { makeThumbnails } from '../adapters/sharp/thumbnails.ts';
import { makePasskeyVerifier } from '../adapters/simplewebauthn/passkey-verifier.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { noMeasurements } from '../adapters/system/no-measurements.ts';
import { makePasswordHasher } from '../adapters/system/password-hasher.ts';
import { systemSecrets } from '../adapters/system/secrets.ts';
import { systemTimer } from '../adapters/system/timer.ts';
import type { Blobs } from '../application/ports/blobs.ts';
import type { Storage } from '../application/ports/storage.ts';
import type { PushKeys } from '../domain/push/push-keys.ts';
import { bindCards, withoutCards } from './cards.ts';
import type { Config } from './config.ts';
import { type Get, Wiring } from './container.ts';
import { openErasureList } from './erasures.ts';
import { openFeeds } from './feeds.ts';
import { fileRules } from './files.ts';
import { makeJobWorker } from './jobs.ts';
import type { ServerLog } from './log.ts';
import type { OpenMetrics } from './metrics.ts';
import { openPushSender } from './push.ts';
import { openBudgets, openRateLimits } from './rate-limits.ts';
import type { Realtime } from './realtime.ts';
import { makeSearchIndexer, noticedBroadcast } from './search.ts';
import {
  BLOBS,
  BROADCAST,
  BUDGETS,
  CARD_RULES,
  CLOCK,
  ERASURE_LIST,
  FEEDS,
  JOB_WORKER,
  LOG,
  MEASUREMENTS,
  PASSKEY_VERIFIER,
  PASSWORD_HASHER,
  PRESENCE,
  PUSH_KEYS,
  PUSH_SENDER,
  RATE_LIMITS,
  SEARCH_INDEXER,
  SECRETS,
  STORAGE,
  THUMBNAILS,
  TIMER,
  USE_CASES,
} from './tokens.ts';
import { makeUseCases } from './use-cases.ts';

/** Binds each port to its adapter. Adapters whose opening is asynchronous are opened before. */
export function bindPorts(opened: {
  readonly config: Config;
  readonly log: ServerLog;
  readonly storage: Storage;
  readonly blobs: Blobs;
  readonly realtime: Realtime;
  readonly pushKeys: PushKeys;
  /** Undefined where nothing is measured. */
  readonly metrics: OpenMetrics | undefined;
  /** Aborted when the app begins to stop. */
  readonly stopping: AbortSignal;
}): Wiring {
  const { config, log, storage, blobs, realtime, pushKeys, metrics, stopping } = opened;
  const { sharedLimiter, sharedBudgets } = realtime;
  const measurements = metrics?.measurements;
  const counting = (get: Get) => ({ timer: get(TIMER), sharedLimiter, sharedBudgets, measurements });
  return bindCards(new Wiring(), config, stopping)
    .bind(STORAGE, () => (config.linkCards ? storage : withoutCards(storage)))
    .bind(BLOBS, () => blobs)
    .bind(THUMBNAILS, () => makeThumbnails())
    .bind(LOG, () => log)
    .bind(MEASUREMENTS, () => measurements ?? noMeasurements)
    .bind(BROADCAST, (get) => noticedBroadcast(get, realtime.broadcast))
    .bind(PRESENCE, () => realtime.presence)
    .bind(CLOCK, () => systemClock)
    .bind(TIMER, () => systemTimer)
    .bind(SECRETS, () => systemSecrets)
    .bind(PASSWORD_HASHER, () => makePasswordHasher())
    .bind(PASSKEY_VERIFIER, () => makePasskeyVerifier())
    .bind(RATE_LIMITS, (get) => openRateLimits(config, counting(get)))
    .bind(BUDGETS, (get) => openBudgets(config, counting(get)))
    .bind(ERASURE_LIST, () => openErasureList(config, storage))
    .bind(PUSH_KEYS, () => pushKeys)
    .bind(PUSH_SENDER, () => openPushSender(pushKeys, config.outboundSubnets))
    .bind(FEEDS, openFeeds)
    .bind(JOB_WORKER, makeJobWorker)
    .bind(SEARCH_INDEXER, makeSearchIndexer)
    .bind(USE_CASES, (get) => makeUseCases(get, { ...config, ...rulesOf(get, config), stopping }));
}

const rulesOf = (get: Get, { files }: Config) => ({ fileRules: fileRules(files), cardRules: get(CARD_RULES) });
