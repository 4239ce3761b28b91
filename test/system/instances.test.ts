import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findComponent } from '../components.ts';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { RedisServer } from '../redis/redis-server.ts';
import { ChatSocket } from '../websocket/chat-client.ts';
import { ServerProcess } from './server-process.ts';

const redisServer = findComponent('redis-server');

/** Everything promised of one process, of two that share a database and a Redis. */
describe.skipIf(redisServer.isMissing)('two instances', () => {
  let postgres: PostgresServer;
  let redis: RedisServer;
  let schemas = 0;
  const running = new Set<ServerProcess>();

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start(redisServer.path)]);
  });

  afterEach(async () => {
    for (const server of running) await server.stop('SIGKILL');
    running.clear();
  });

  afterAll(async () => {
    await Promise.all([postgres.remove(), redis.stop()]);
  });

  async function openPair() {
    schemas += 1;
    const env = {
      DATABASE_URL: await postgres.schema(`system_${schemas}`),
      REDIS_URL: `${redis.url}/${schemas % 16}`,
    };
    const [one, other] = await Promise.all([ServerProcess.start(env), ServerProcess.start(env)]);
    for (const server of [one, other]) running.add(server);
    const [ada, bob] = [await one.signIn('ada'), await other.signIn('bob')];
    const chatId = await one.newChat(ada, bob);
    return { env, one, other, ada, bob, chatId };
  }

  const follow = async (server: ServerProcess, chatId: number, cookie: string, query = '?after=1') =>
    new ChatSocket({ url: server.socketUrl(chatId, query), cookie }).opened();

  it('MI-1: what is posted at one is heard at the other, in the same order, and resumed there without loss', async () => {
    const { one, other, ada, bob, chatId } = await openPair();
    const [here, there] = [await follow(one, chatId, ada), await follow(other, chatId, bob)];
    await Promise.all([here.nextFrame(), there.nextFrame()]);
    for (let post = 1; post <= 50; post += 1) {
      here.post(`a-${post}`, `from here ${post}`);
      there.post(`b-${post}`, `from there ${post}`);
    }
    const [atOne, atOther] = await Promise.all([here.nextFrames(100), there.nextFrames(100)]);
    expect(atOther).toEqual(atOne);
    const moved = await follow(other, chatId, ada, '?after=51');
    expect(await moved.nextFrame()).toMatchObject({ type: 'ready', revision: 101 });
    expect(await moved.nextFrames(50)).toEqual(atOne.slice(50));
  });

  it('SE-5: signing out at one closes what the session has open at the other', async () => {
    const { one, other, ada, chatId } = await openPair();
    const socket = await follow(other, chatId, ada);
    await socket.nextFrame();
    await one.fetch('/logout', { method: 'POST', headers: { cookie: ada } });
    expect(await socket.closed).toBe(4401);
  });

  it('AZ-4: who is removed at one hears nothing more at the other', async () => {
    const { one, other, ada, bob, chatId } = await openPair();
    const socket = await follow(other, chatId, bob);
    await socket.nextFrame();
    const removal = `/chat/${chatId}/members/2/remove`;
    const removed = await one.fetch(removal, { method: 'POST', headers: { cookie: ada } });
    expect(removed.ok || removed.status === 303).toBe(true);
    expect(await socket.closed).toBe(4403);
    expect(socket.unread).toEqual([]);
  });

  it('/status counts the sockets of both', async () => {
    const { one, other, ada, bob, chatId } = await openPair();
    await follow(one, chatId, ada);
    await follow(other, chatId, bob);
    await follow(other, chatId, bob);
    const counted = async () => (await one.fetch('/status')).json();
    await expect.poll(counted, { timeout: 10_000 }).toEqual({ connected_clients: 3 });
  });
});
