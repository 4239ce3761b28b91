import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import { makeBuckets } from '../../src/adapters/rate-limiter/budgets.ts';
import { MemoryLimiter } from '../../src/adapters/rate-limiter/memory-limiter.ts';
import { makeRateLimits } from '../../src/adapters/rate-limiter/rate-limits.ts';
import { makeRedisBroadcast } from '../../src/adapters/redis/broadcast.ts';
import { RedisBudgets } from '../../src/adapters/redis/budgets.ts';
import { RedisLimiter } from '../../src/adapters/redis/limiter.ts';
import { openRedisLink } from '../../src/adapters/redis/link.ts';
import { makeRedisPresence } from '../../src/adapters/redis/presence.ts';
import { systemTimer } from '../../src/adapters/system/timer.ts';
import { userId } from '../../src/domain/ids.ts';
import { recordingLog } from '../fakes.ts';
import { RedisServer } from '../redis/redis-server.ts';
import { REDIS_SERVERS } from '../redis/redis-servers.ts';
import { broadcastContract } from './broadcast-contract.ts';
import { BUCKET_RATES, budgetsContract } from './budgets-contract.ts';
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

  /** Each in a database of its own; Redis has sixteen. */
  const openLink = () => {
    databases += 1;
    return openRedisLink(`${server.url}/${databases % 16}`, recordingLog());
  };

  broadcastContract(name, async () => {
    const link = openLink();
    const broadcast = makeRedisBroadcast({ link, local: makeMemoryBroadcast(), log: recordingLog() });
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
    const alone = new MemoryLimiter({ count: 1, withinMs: 1, refill: 'together' }, systemTimer);
    return {
      limits: makeRateLimits(rates, (name, rate) => new RedisLimiter({ name, rate, link, alone })),
      pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      close: async () => {
        await link.client.flushDb();
        link.close();
      },
    };
  });

  budgetsContract(name, async (rates) => {
    const link = openLink();
    await link.client.ping().catch(() => new Promise((resolve) => link.client.once('ready', resolve)));
    return {
      budgets: new RedisBudgets(link, makeBuckets(rates, systemTimer)),
      pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      close: async () => {
        await link.client.flushDb();
        link.close();
      },
    };
  });

  describe('budgets of two instances', () => {
    const open = async (url: string) => {
      const link = openRedisLink(url, recordingLog());
      await link.client.ping().catch(() => new Promise((resolve) => link.client.once('ready', resolve)));
      onTestFinished(() => link.close());
      return new RedisBudgets(link, makeBuckets(BUCKET_RATES, systemTimer));
    };

    it('BU-1: are one: what is asked for at either is counted at both', async () => {
      const [one, other] = [await open(server.url), await open(server.url)];
      const waits = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).takeShared('writes', userId(71))),
      );
      expect(waits.filter((wait) => wait === 0)).toHaveLength(4);
    });

    it('BU-1: settle what was taken without asking, and an overdraft is paid back by waiting', async () => {
      const [one, other] = [await open(server.url), await open(server.url)];
      for (const budgets of [one, other]) {
        for (let n = 0; n < 2; n += 1) expect(budgets.take('reads', userId(72))).toBe(0);
      }
      // Four of two were taken, and one comes back every thirty seconds: two are owed.
      await expect.poll(() => one.takeShared('reads', userId(72))).toBeGreaterThan(60_000);
      expect(await other.takeShared('reads', userId(72))).toBeGreaterThan(60_000);
    });
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
