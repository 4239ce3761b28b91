import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findComponent } from '../components.ts';
import { TcpProxy } from '../tcp-proxy.ts';
import { Installation } from './installation.ts';
import { RoamingClient } from './roaming-client.ts';
import { expectSameHistories, settledDown } from './same-histories.ts';
import { ServerProcess } from './server-process.ts';

/** So many times PostgreSQL ends as by a crash. */
const CYCLES = Number(process.env.CRASH_CYCLES ?? (process.env.CI ? 20 : 3));
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const NAMES = ['ada', 'bob', 'cyd', 'dan'];

const redisServer = findComponent('redis-server');

describe.skipIf(redisServer.isMissing)('two instances whose PostgreSQL goes away', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await Installation.start(redisServer.path);
  });

  afterAll(() => installation.remove());

  const isReady = async (server: ServerProcess) => (await server.fetch('/readyz')).status === 200;

  it(`PG-1: what was acknowledged is there once, whenever it ends (${CYCLES} times, CRASH_SEED=${SEED})`, {
    timeout: 30_000 + CYCLES * 8_000,
  }, async () => {
    const { postgres, one, other } = installation;
    const { chatId, cookies } = await installation.newChat(...NAMES);
    let shown = 0;
    let next = { at: Number.POSITIVE_INFINITY, reached: () => {} };
    const onShown = () => {
      shown += 1;
      if (shown >= next.at) next.reached();
    };
    const [first, second] = installation.socketUrls(chatId);
    const clients = NAMES.map((name, n) =>
      new RoamingClient({
        name,
        cookie: cookies[n] ?? '',
        urls: n % 2 === 0 ? [first, second] : [second, first],
        onShown,
      }).start(),
    );
    onTestFinished(() => {
      for (const client of clients) client.leave();
    });

    const refusals = () => clients.reduce((sum, client) => sum + client.refusals, 0);
    const moments = fc.sample(fc.integer({ min: 1, max: 150 }), { numRuns: CYCLES, seed: SEED });
    for (const [cycle, moment] of moments.entries()) {
      await new Promise<void>((reached) => (next = { at: shown + moment, reached }));
      const before = refusals();
      await postgres.stop('immediate');
      // Now and then it is away for long enough that everybody notices.
      if (cycle % 3 === 0) await expect.poll(refusals, { timeout: 10_000 }).toBeGreaterThan(before + 2 * NAMES.length);
      await postgres.resume();
      const begun = performance.now();
      await expect.poll(() => Promise.all([one, other].map(isReady)), { timeout: 8_000 }).toEqual([true, true]);
      expect(performance.now() - begun).toBeLessThan(5_000);
    }
    await settledDown(clients, 15_000);
    for (const server of [one, other]) {
      await expectSameHistories(clients, { server, chatId, cookie: cookies[0] ?? '' });
      expect(server.child.exitCode).toBeNull();
      expect(server.lines.filter((line) => line.includes('"crashed"'))).toEqual([]);
    }
  });

  it('PG-1: a database that answers 2 s late makes nobody wait for long, and is got over', async () => {
    const { postgres } = installation;
    const proxy = await TcpProxy.start(Number(new URL(postgres.url).port));
    const server = await ServerProcess.start({ DATABASE_URL: proxy.urlOf(postgres.url) });
    onTestFinished(async () => {
      await server.stop('SIGKILL');
      await proxy.close();
    });
    const cookie = await server.signIn('eve');
    const chatId = await server.newChat(cookie);
    const headers = { cookie, 'content-type': 'application/json' };
    const post = () =>
      server.fetch(`/chat/${chatId}/messages`, { method: 'POST', headers, body: JSON.stringify({ text: 'hello' }) });
    expect((await post()).status).toBe(201);

    proxy.delayMs = 2_000;
    const begun = performance.now();
    const reads = Array.from({ length: 40 }, () => server.fetch(`/chat/${chatId}/messages`, { headers: { cookie } }));
    const answers = await Promise.all([...reads, ...Array.from({ length: 5 }, post)]);
    expect(performance.now() - begun).toBeLessThan(15_000);
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(503);
    for (const status of statuses) expect([200, 201, 503]).toContain(status);
    expect((await server.fetch('/readyz')).status).toBe(503);
    const asked = performance.now();
    expect((await server.fetch('/healthz')).status).toBe(200);
    expect(performance.now() - asked).toBeLessThan(1_000);

    proxy.delayMs = 0;
    await expect.poll(() => isReady(server), { timeout: 5_000 }).toBe(true);
    await expect.poll(async () => (await post()).status, { timeout: 5_000 }).toBe(201);
  });
});
