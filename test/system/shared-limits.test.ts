import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findComponent } from '../components.ts';
import { Installation } from './installation.ts';
import type { ServerProcess } from './server-process.ts';

const redisServer = findComponent('redis-server');

describe.skipIf(redisServer.isMissing)('limits of two instances', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await Installation.start(redisServer.path, { RATE_LIMITS: 'on' });
  });

  afterAll(() => installation.remove());

  const guess = async (server: ServerProcess, username: string, password: string) => {
    const body = new URLSearchParams({ username, password });
    return (await server.fetch('/auth', { method: 'POST', body })).status;
  };

  it('RL-1: wrong passwords are counted together, by turns at both, and then even the right one is refused at both', async () => {
    const { one, other } = installation;
    await one.signIn('ada');
    for (const server of [one, other, one, other, one])
      expect(await guess(server, 'ada', 'a wrong password')).toBe(401);
    for (const server of [one, other]) expect(await guess(server, 'ada', 'a good password')).toBe(429);
  });

  it('RL-1: while Redis is away each instance counts by itself, and afterwards they count together again', async () => {
    const { redis, one, other } = installation;
    await one.signIn('bob');
    await redis.stop();
    for (const server of [one, other]) {
      for (let n = 0; n < 5; n += 1) expect(await guess(server, 'bob', 'a wrong password')).toBe(401);
      expect(await guess(server, 'bob', 'a good password')).toBe(429);
    }
    await redis.resume();
    await one.signIn('cyd');
    await expect.poll(() => guess(one, 'bob', 'a wrong password'), { timeout: 5_000 }).toBe(401);
    let refused = 0;
    for (let n = 0; n < 6; n += 1)
      if ((await guess(n % 2 ? one : other, 'bob', 'a wrong password')) === 429) refused += 1;
    expect(refused).toBeGreaterThan(0);
  });
});
