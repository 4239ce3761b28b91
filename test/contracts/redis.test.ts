import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import { MemoryLimiter } from '../../src/adapters/rate-limiter/memory-limiter.ts';
import { makeRateLimits } from '../../src/adapters/rate-limiter/rate-limits.ts';
import { makeRedisBroadcast } from '../../src/adapters/redis/broadcast.ts';
import { RedisLimiter } from '../../src/adapters/redis/limiter.ts';
import { openRedisLink } from '../../src/adapters/redis/link.ts';
import { makeRedisPresence } from '../../src/adapters/redis/presence.ts';
import { systemTimer } from '../../src/adapters/system/timer.ts';
import { recordingLog } from '../fakes.ts';
import { RedisServer } from '../redis/redis-server.ts';
import { REDIS_SERVERS } from '../redis/redis-servers.ts';
import { broadcastContract } from './broadcast-contract.ts';
import { presenceContract } from './presence-contract.ts';
import { rateLimitsContract } from './rate-limits-contract.ts';

describe.each(REDIS_SERVERS)('over $name', ({ name, path, isMissing }) => {
  let server: RedisServer;
  let databases = 0;

  beforeAll(async () => {
    if (!isMissing) server = await RedisServer.start(path);
  });

  beforeEach(({ skip }) => skip(isMissing));

  afterAll(() => server?.stop());

  /** Each in a database of its own, of the sixteen that there are. */
  const openLink = () => {
    databases += 1;
    return openRedisLink(`${server.url}/${databases % 16}`, recordingLog());
  };

  broadcastContract(name, async () => {
    const link = openLink();
    const broadcast = makeRedisBroadcast({ link, local: makeMemoryBroadcast() });
    return {
      broadcast,
      close: async () => {
        broadcast.close();
        link.close();
      },
    };
  });

  rateLimitsContract(name, async (rates) => {
    const link = openLink();
    await link.client.ping().catch(() => new Promise((resolve) => link.client.once('ready', resolve)));
    const alone = new MemoryLimiter({ count: 1, withinMs: 1, comeBack: 'together' }, systemTimer);
    return {
      limits: makeRateLimits(rates, (name, rate) => new RedisLimiter({ name, rate, link, alone })),
      pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      close: async () => {
        await link.client.flushDb();
        link.close();
      },
    };
  });

  presenceContract(name, async () => {
    const link = openLink();
    const presence = makeRedisPresence(link);
    return {
      presence,
      close: async () => {
        await presence.close();
        link.close();
      },
    };
  });
});
