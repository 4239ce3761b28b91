import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findComponent } from '../components.ts';
import { Installation } from './installation.ts';
import { RoamingClient } from './roaming-client.ts';
import { expectSameHistories, settledDown } from './same-histories.ts';

const NAMES = ['ada', 'bob', 'cyd', 'dan'];

const redisServer = findComponent('redis-server');

describe.skipIf(redisServer.isMissing)('two instances of which one goes', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await Installation.start(redisServer.path);
  });

  afterAll(() => installation.remove());

  /** Two begin at each instance, and go to the other when theirs is not there. */
  async function underLoad(where: string) {
    const names = NAMES.map((name) => `${name}-${where}`);
    const { chatId, cookies } = await installation.newChat(...names);
    const [first, second] = installation.socketUrls(chatId);
    const clients = names.map((name, n) => {
      const urls = n % 2 === 0 ? [first, second] : [second, first];
      return new RoamingClient({ name, cookie: cookies[n] ?? '', urls }).start();
    });
    onTestFinished(() => {
      for (const client of clients) client.leave();
    });
    const grows = async () => {
      const before = Math.max(...clients.map(({ lastShown }) => lastShown));
      await expect
        .poll(() => clients.every(({ lastShown }) => lastShown > before + 50), { timeout: 10_000 })
        .toBe(true);
    };
    const settle = async () => {
      await settledDown(clients, 5_000);
      await expectSameHistories(clients, { server: installation.one, chatId, cookie: cookies[0] ?? '' });
    };
    return { clients, grows, settle };
  }

  it('MI-1: killed under load, its followers go on at the other, and it counts no more within 15 s', async () => {
    const { clients, grows, settle } = await underLoad('killed');
    await grows();
    const counted = async () => (await installation.other.fetch('/status')).json();
    await expect.poll(counted, { timeout: 5_000 }).toEqual({ connected_clients: clients.length });
    await installation.one.stop('SIGKILL');
    const killedAt = performance.now();
    await grows();
    await expect.poll(counted, { timeout: 16_000, interval: 200 }).toEqual({ connected_clients: clients.length });
    expect(performance.now() - killedAt).toBeLessThan(15_000);
    expect(performance.now() - killedAt).toBeGreaterThan(1_000);
    await installation.startInstance(0);
    await settle();
  });

  it('GS-2: replaced one after the other under load, everybody has the same history, gapless and without repeats', async () => {
    const { clients, grows, settle } = await underLoad('rolled');
    for (const which of [0, 1, 0, 1] as const) {
      await grows();
      const server = which === 0 ? installation.one : installation.other;
      expect(await server.stop()).toEqual({ code: 0, signal: null });
      await grows();
      await installation.startInstance(which);
    }
    await grows();
    await settle();
    expect(clients.every(({ connections }) => connections > 2)).toBe(true);
  });
});
