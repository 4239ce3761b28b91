import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
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

async function twoInstances(schema: string) {
  const url = await postgres.schema(schema);
  const open = async () => {
    const server = await ChatServer.start({ DATABASE_URL: url, REDIS_URL: redis.url, RATE_LIMITS: 'off' });
    onTestFinished(() => server.app.close());
    return server;
  };
  return { open, here: await open(), there: await open() };
}

it('MI-1: two instances over PostgreSQL and Redis show a new name, in pages, sockets and posts, while Redis is away and after a restart too', async () => {
  const { open, here, there } = await twoInstances('renaming');
  const [ada, bob] = [await here.person('ada'), await there.person('bob')];
  const chatId = await here.chat(ada, bob);
  const { changeUsername, postMessage } = here.app.useCases;
  await postMessage(ada.actor, { chatId, text: 'Hello' });
  const page = async () =>
    (
      await fetch(new URL(`/chat/${chatId}`, there.url), { headers: { cookie: bob.cookie, accept: 'text/html' } })
    ).text();
  // Twice, so that it is cached.
  for (const _time of [1, 2]) expect(await page()).toContain('>ada</bdi>');
  const { socket: bobs } = await there.userSocket(bob);
  const { socket: adas } = await there.userSocket(ada);
  await bobs.follow(chatId);
  const user = { id: ada.actor.user.id, username: 'lovelace' };
  await changeUsername(ada.actor, { username: 'lovelace' });
  expect(await page()).toContain('>lovelace</bdi>');
  expect(await bobs.nextOf('user')).toEqual({ type: 'user', user });
  expect(await adas.nextOf('user')).toEqual({ type: 'user', user });
  adas.post(chatId, 'c-1', 'On an open socket');
  expect((await bobs.nextOf('message')).message.author).toEqual(user);

  await redis.stop();
  onTestFinished(() => redis.resumeIfStopped());
  await changeUsername(ada.actor, { username: 'countess' });
  expect(await page()).toContain('>countess</bdi>');
  expect(await bobs.nextOf('user')).toEqual({ type: 'user', user: { ...user, username: 'countess' } });
  await redis.resume();
  await there.app.close();
  const { socket: later } = await (await open()).userSocket(bob);
  expect((await later.nextOf('user')).user.username).toBe('countess');
});

/** With another password than that of everybody else, so that it signs nobody in. */
const register = ({ app }: ChatServer, username: string) =>
  app.useCases.authenticate({
    ...{ username, password: 'battery staple', presentedTokens: [], deviceName: '', deviceTokens: [] },
    ...{ address: '192.0.2.1', network: '192.0.2.0/24' },
  });

it('AU-8: of two people at two instances who want one name at once, exactly one gets it, fifty times', async () => {
  const { here, there } = await twoInstances('one_name');
  const people = [
    { server: here, person: await here.person('ada') },
    { server: there, person: await there.person('bob') },
  ];
  for (let round = 0; round < 50; round += 1) {
    const wanted = { username: `name ${round}` };
    const outcomes = await Promise.allSettled([
      ...people.map(({ server, person }) => server.app.useCases.changeUsername(person.actor, wanted)),
      ...(round % 5 === 0 ? [register(there, wanted.username)] : []),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
});
