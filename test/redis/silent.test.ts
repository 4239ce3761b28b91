import { expect, it, onTestFinished } from 'vitest';
import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import { makeRedisBroadcast } from '../../src/adapters/redis/broadcast.ts';
import { openRedisLink } from '../../src/adapters/redis/link.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { recordingLog } from '../fakes.ts';
import { RedisServer } from './redis-server.ts';
import { REDIS_SERVERS } from './redis-servers.ts';

const CHAT = chatId(1);

it.for(REDIS_SERVERS)(
  'PG-2: a $name that stands still is noticed, also by who goes on to publish',
  async ({ path, isMissing }, { skip }) => {
    skip(isMissing);
    const server = await RedisServer.start(path);
    const link = openRedisLink(server.url, recordingLog());
    const broadcast = makeRedisBroadcast({ link, local: makeMemoryBroadcast(), log: recordingLog() });
    onTestFinished(async () => {
      broadcast.close();
      link.close();
      await server.stop();
    });
    await expect.poll(() => link.client.isReady).toBe(true);
    server.freeze();
    const publish = () => {
      broadcast.publishToChat(CHAT, { type: 'member_left', chatId: CHAT, userId: userId(1) });
      return link.client.isReady;
    };
    await expect.poll(publish, { timeout: 30_000, interval: 100 }).toBe(false);
    server.thaw();
    await expect.poll(() => link.isAnswering).toBe(true);
  },
);
