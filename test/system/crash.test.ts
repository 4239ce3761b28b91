import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { CrashClient } from './crash-client.ts';
import { historyOf, storedMessage } from './history-of.ts';
import { ServerProcess } from './server-process.ts';

/** So many times the process is killed; each takes about as long as a start. */
const CYCLES = Number(process.env.CRASH_CYCLES ?? (process.env.CI ? 50 : 8));
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const NAMES = ['ada', 'bob', 'cyd'];

const directory = mkdtempSync(join(tmpdir(), 'shoal-crash-'));
afterAll(() => rmSync(directory, { recursive: true }));

it(`CR-1, CR-3: nothing shown is lost, doubled, moved or changed by kill -9 (${CYCLES} times, CRASH_SEED=${SEED})`, {
  timeout: 30_000 + CYCLES * 5_000,
}, async () => {
  const env = { DATABASE_URL: `sqlite:${join(directory, 'crash.db')}` };
  const moments = fc.sample(fc.integer({ min: 1, max: 150 }), { numRuns: CYCLES, seed: SEED });
  let server = await ServerProcess.start(env);
  const cookies: string[] = [];
  for (const name of NAMES) cookies.push(await server.signIn(name));
  const [owner = '', ...others] = cookies;
  const chatId = await server.newChat(owner, ...others);

  let shown = 0;
  let killAt = { count: Number.POSITIVE_INFINITY, kill: () => undefined as unknown };
  const onShown = () => {
    shown += 1;
    if (shown === killAt.count) killAt.kill();
  };
  const clients = NAMES.map((name) => new CrashClient({ name, onShown }));
  const connectAll = () => {
    for (const [index, client] of clients.entries()) client.connect(server.socketUrl(chatId), cookies[index] ?? '');
  };

  for (const [cycle, moment] of moments.entries()) {
    const killed = server.exited;
    killAt = { count: shown + moment, kill: () => server.child.kill('SIGKILL') };
    connectAll();
    await killed;
    for (const client of clients) client.disconnect();
    server = await ServerProcess.start(env);

    const history = await historyOf(server, chatId, owner);
    for (const client of clients) {
      for (const [position, line] of client.shown) {
        if (history.get(position) !== line)
          client.broken.push(`cycle ${cycle}: ${line} became ${history.get(position)}`);
      }
      expect(client.broken).toEqual([]);
    }
  }

  killAt = { count: Number.POSITIVE_INFINITY, kill: () => undefined };
  connectAll();
  await Promise.all(clients.map((client) => client.finish()));
  const history = await historyOf(server, chatId, owner);
  for (const client of clients) client.disconnect();
  await server.stop();

  expect([...history.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: history.size }, (_, n) => n + 1));
  const ids = [...history.values()].map((line) => storedMessage.parse(JSON.parse(line)).client_id).filter(Boolean);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { name, acknowledged, broken } of clients) {
    expect(broken).toEqual([]);
    expect(ids.filter((id) => id?.startsWith(`${name}-`))).toHaveLength(acknowledged.size);
    const inOrderSent = [...acknowledged].sort(([, a], [, b]) => a - b).map(([id]) => Number(id.split('-')[1]));
    expect(inOrderSent).toEqual(inOrderSent.map((_, n) => n + 1));
  }
});
