import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { timestamp } from '../../src/adapters/wire/timestamp.ts';
import { HOUR } from '../fakes.ts';
import { RedisServer } from '../redis/redis-server.ts';
import { REDIS_SERVERS } from '../redis/redis-servers.ts';
import { ChatServer } from '../websocket/chat-server.ts';
import { PostgresServer } from './postgres-server.ts';

const found = REDIS_SERVERS.find(({ isMissing }) => !isMissing);
let postgres: PostgresServer;
let redis: RedisServer;
beforeAll(async () => {
  if (found) [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start(found.path)]);
});
beforeEach(({ skip }) => skip(!found));
afterAll(async () => {
  await redis?.stop();
  await postgres?.remove();
});

it('MI-1: two instances over PostgreSQL and Redis show until when somebody is away, while Redis is away and after a restart too', async () => {
  const url = await postgres.schema('away');
  const open = async () => {
    const server = await ChatServer.start({ DATABASE_URL: url, REDIS_URL: redis.url });
    onTestFinished(() => server.app.close());
    return server;
  };
  const [here, there] = [await open(), await open()];
  const [ada, bob] = [await here.person('ada'), await there.person('bob')];
  await here.chat(ada, bob);
  const { setAway, openDirectChat } = here.app.useCases;
  await openDirectChat(ada.actor, { usernames: ['bob'] });
  const { socket: bobs } = await there.userSocket(bob);
  const user = { id: ada.actor.user.id, username: 'ada' };
  const until = Date.now() + HOUR;
  const away = (at: number) => ({ type: 'presence', user, state: 'away', until: timestamp(at) });
  await setAway(ada.actor, { until });
  expect(await bobs.nextOf('presence')).toEqual(away(until));
  await redis.stop();
  onTestFinished(() => redis.resumeIfStopped());
  await setAway(ada.actor, { until: until + 1 });
  expect(await bobs.nextOf('presence')).toEqual(away(until + 1));
  await redis.resume();
  await there.app.close();
  const again = await open();
  const { socket: later } = await again.userSocket(bob);
  expect(await later.nextOf('presence')).toEqual(away(until + 1));
  await setAway(ada.actor, null);
  expect(await later.nextOf('presence')).toEqual({ type: 'presence', user, state: 'offline' });
});
