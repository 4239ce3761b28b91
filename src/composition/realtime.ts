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

/** What makes the installation one, in this process or across several. */
export interface Realtime {
  readonly broadcast: Broadcast;
  readonly presence: Presence;
  /** Counts with the other instances, and `alone` while they cannot be reached; undefined where there are none. */
  readonly sharedLimiter: MakeSharedLimiter | undefined;
  /** The local buckets, settled with those of the other instances; undefined where there are none. */
  readonly sharedBudgets: ((buckets: Buckets) => Budgets) | undefined;
  close(): Promise<void>;
}

/** `redisUrl` is where several instances meet; undefined means that this one is alone. */
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
