import type { Broadcast } from '../../application/ports/broadcast.ts';
import type { Log } from '../../application/ports/log.ts';
import { makeRedisBroadcast } from './broadcast.ts';
import { RedisBudgets } from './budgets.ts';
import { RedisLimiter } from './limiter.ts';
import { openRedisLink } from './link.ts';
import { makeRedisPresence } from './presence.ts';

/** All adapters that share one link. Closing ends the link last, so that the other instances are told first. */
export function openRedisRealtime(options: { readonly url: string; readonly local: Broadcast; readonly log: Log }) {
  const link = openRedisLink(options.url, options.log);
  const broadcast = makeRedisBroadcast({ link, local: options.local, log: options.log });
  const presence = makeRedisPresence(link);
  return {
    broadcast,
    presence,
    sharedLimiter: (limit: Omit<ConstructorParameters<typeof RedisLimiter>[0], 'link'>) =>
      new RedisLimiter({ ...limit, link }),
    sharedBudgets: (buckets: ConstructorParameters<typeof RedisBudgets>[1]) => new RedisBudgets(link, buckets),
    async close() {
      await presence.close();
      broadcast.close();
      link.close();
    },
  };
}
