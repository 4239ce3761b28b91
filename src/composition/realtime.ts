import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { makeMemoryBroadcast } from '../adapters/memory/broadcast.ts';
import { makeMemoryPresence } from '../adapters/memory/presence.ts';
import type { Buckets } from '../adapters/rate-limiter/budgets.ts';
import type { Broadcast } from '../application/ports/broadcast.ts';
import type { Budgets } from '../application/ports/budgets.ts';
import type { Log } from '../application/ports/log.ts';
import type { Presence } from '../application/ports/presence.ts';
import type { Rate } from '../application/ports/rate-limits.ts';

type MakeSharedLimiter = (limit: {
  readonly name: string;
  readonly rate: Rate;
  readonly alone: RateLimiterAbstract;
}) => RateLimiterAbstract;

/** What instances of an installation share besides the database. */
export interface Realtime {
  readonly broadcast: Broadcast;
  readonly presence: Presence;
  /** Counts together with the other instances, and by `alone` while Redis cannot be reached; undefined without Redis. */
  readonly sharedLimiter: MakeSharedLimiter | undefined;
  /** Reconciles the local buckets with those of the other instances; undefined without Redis. */
  readonly sharedBudgets: ((buckets: Buckets) => Budgets) | undefined;
  close(): Promise<void>;
}

/** @param redisUrl undefined for a single instance */
export async function openRealtime(redisUrl: string | undefined, log: Log): Promise<Realtime> {
  const local = makeMemoryBroadcast();
  if (!redisUrl) {
    return {
      broadcast: local,
      presence: makeMemoryPresence(),
      sharedLimiter: undefined,
      sharedBudgets: undefined,
      close: async () => undefined,
    };
  }
  const { openRedisRealtime } = await import('../adapters/redis/realtime.ts');
  return openRedisRealtime({ url: redisUrl, local, log });
}
