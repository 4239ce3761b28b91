import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { reconnectDelay } from '../../src/adapters/browser/connection/backoff.ts';
import { CrashClient } from './crash-client.ts';
import { FleetClient } from './fleet-client.ts';
import { ServerProcess } from './server-process.ts';
import { cpuMsOf } from './vitals.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-restarts-'));
afterAll(() => rmSync(directory, { recursive: true }));

const databaseOf = (name: string) => ({ DATABASE_URL: `sqlite:${join(directory, name)}` });

describe('GS-2: restarts one after another, under load', () => {
  it('GS-2: leave every client with the same history, gapless and without repeats', async () => {
    const RESTARTS = 4;
    const env = databaseOf('rolling.db');
    let server = await ServerProcess.start(env);
    const names = ['ada', 'bob', 'cyd'];
    const cookies: string[] = [];
    for (const name of names) cookies.push(await server.signIn(name));
    const [owner = '', ...others] = cookies;
    const chatId = await server.newChat(owner, ...others);
    let shown = 0;
    let enough = { at: Number.POSITIVE_INFINITY, reached: () => {} };
    const onShown = () => {
      shown += 1;
      if (shown === enough.at) enough.reached();
    };
    const clients = names.map((name) => new CrashClient({ name, onShown, farewell: 1012 }));
    const connectAll = () => {
      for (const [n, client] of clients.entries()) client.connect(server.socketUrl(chatId), cookies[n] ?? '');
    };

    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const isBusy = new Promise<void>((reached) => (enough = { at: shown + 200, reached }));
      connectAll();
      await isBusy;
      expect(await server.stop()).toEqual({ code: 0, signal: null });
      for (const client of clients) client.disconnect();
      server = await ServerProcess.start(env);
    }
    connectAll();
    await Promise.all(clients.map((client) => client.finish()));
    const last = Math.max(...clients.flatMap(({ shown: positions }) => [...positions.keys()]));
    while (clients.some(({ shown: positions }) => !positions.has(last))) await new Promise(setImmediate);

    const [first, ...rest] = clients.map(({ shown: positions }) => [...positions].sort(([a], [b]) => a - b));
    expect(first?.map(([position]) => position)).toEqual(Array.from({ length: last }, (_, n) => n + 1));
    for (const history of rest) expect(history).toEqual(first);
    for (const { broken } of clients) expect(broken).toEqual([]);
    for (const client of clients) client.disconnect();
    await server.stop('SIGKILL');
  });
});

describe('GS-4: a crowd whose server was killed', () => {
  const CLIENTS = Number(process.env.FLEET ?? 500);

  it(`GS-4: comes back and is caught up within 15 s, ${CLIENTS} of them, with no error once it is there`, async () => {
    const env = databaseOf('crowd.db');
    const before = await ServerProcess.start(env);
    const cookies: string[] = [];
    for (let n = 0; n < 20; n += 1) cookies.push(await before.signIn(`member ${n}`));
    const [owner = '', ...others] = cookies;
    const chatId = await before.newChat(owner, ...others);
    const fleet = Array.from({ length: CLIENTS }, (_, n) => new FleetClient(cookies[n % cookies.length] ?? ''));
    const url = before.socketUrl(chatId);
    await Promise.all(fleet.map((client) => client.follow(url, () => reconnectDelay(0, Math.random()))));

    const port = new URL(before.url).port;
    await before.stop('SIGKILL');
    const server = await ServerProcess.start({ ...env, PORT: port });
    const begun = performance.now();
    const headers = { cookie: owner, 'content-type': 'application/json' };
    for (let n = 0; n < 20; n += 1) {
      const body = JSON.stringify({ text: `after the fall ${n}` });
      expect((await server.fetch(`/chat/${chatId}/messages`, { method: 'POST', headers, body })).status).toBe(201);
    }
    const revision = cookies.length - 1 + 20;
    await Promise.all(fleet.map((client) => client.reached(revision)));
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(fleet.flatMap(({ problems }) => problems)).toEqual([]);
    for (const client of fleet) client.leave();
    await server.stop('SIGKILL');
  });
});

describe('CR-4: a million messages', () => {
  it('CR-4: do not hold up a start, which takes less than 2 s of CPU time, as on a chat without any', async () => {
    const chats = await Promise.all(['million.db', 'none.db'].map(chatOn));
    const [million, none] = chats;
    if (!million || !none) throw new Error('There are no chats.');
    fill(join(directory, 'million.db'), million.id);

    const costs: { million: number; none: number }[] = [];
    for (let n = 0; n < 3; n += 1) {
      costs.push({ million: await costOfStart(million, 1_000_000), none: await costOfStart(none, 0) });
    }
    const [least, without] = [
      Math.min(...costs.map((cost) => cost.million)),
      Math.min(...costs.map((cost) => cost.none)),
    ];
    expect(least).toBeLessThan(2_000);
    expect(least).toBeLessThan(1.5 * without);
  });

  async function chatOn(name: string) {
    const env = databaseOf(name);
    const server = await ServerProcess.start(env);
    const cookie = await server.signIn('ada');
    const id = await server.newChat(cookie);
    await server.stop();
    return { env, cookie, id };
  }

  /** Milliseconds of CPU time until the latest message has been answered: a busy machine adds nothing to them. */
  async function costOfStart({ env, cookie, id }: Awaited<ReturnType<typeof chatOn>>, revision: number) {
    const server = await ServerProcess.start(env);
    const page = await server.fetch(`/chat/${id}/messages?limit=1`, { headers: { cookie } });
    const cost = cpuMsOf(server);
    expect(z.object({ revision: z.number() }).parse(await page.json()).revision).toBe(revision);
    await server.stop('SIGKILL');
    return cost;
  }

  function fill(path: string, chatId: number): void {
    const database = new Database(path);
    database.exec(`
      pragma synchronous = off;
      begin;
      delete from messages where chat_id = ${chatId};
      insert into messages (chat_id, position, author_id, client_id, kind, text, sent_at)
        with recursive n(n) as (select 1 union all select n + 1 from n where n < 1000000)
        select ${chatId}, n, 1, null, 'text', 'message ' || n, 1700000000000 + n from n;
      update chats set revision = 1000000 where id = ${chatId};
      commit`);
    database.close();
  }
});
