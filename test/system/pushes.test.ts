import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { TestPushService, type TestSubscription } from '../web-push/push-service.ts';
import { ServerProcess } from './server-process.ts';

const STORED = z.object({ position: z.number() });
const NOTIFIED = z.object({ devices: z.array(z.object({ reason: z.string() })) });
const TAGGED = z.object({ notification: z.object({ tag: z.string() }) });
/** Longer than a server waits before it runs again what it was running when it was killed. */
const PATIENCE = { timeout: 20_000 };

const directory = mkdtempSync(join(tmpdir(), 'shoal-pushes-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A server of which Bob has a device, and Ada, who writes to him. */
async function aPushedServer(name: string) {
  const path = join(directory, name);
  const service = await new TestPushService().start();
  onTestFinished(() => service.close());
  const start = async () => {
    const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${path}`, OUTBOUND_SUBNETS: '127.0.0.0/8' });
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    return server;
  };
  const first = await start();
  const [ada, bob] = [await first.signIn('ada'), await first.signIn('bob')];
  const chatId = await first.newChat(ada, bob);
  const subscription = service.subscribe();
  await ask(first, bob, 'PUT', `/chat/${chatId}/level`, { level: 'all' });
  await ask(first, bob, 'POST', '/account/push', { endpoint: subscription.endpoint, keys: subscription.keys });

  const messages = `/chat/${chatId}/messages`;
  const post = async (server: ServerProcess, text: string) =>
    STORED.parse(await ask(server, ada, 'POST', messages, { text })).position;
  const reasons = async (server: ServerProcess, position: number) => {
    const { devices } = NOTIFIED.parse(await ask(server, bob, 'GET', `${messages}/${position}/notified`));
    return devices.map(({ reason }) => reason);
  };
  return { path, chatId, start, first, subscription, post, reasons };
}

async function ask(server: ServerProcess, cookie: string, method: string, address: string, body?: object) {
  const headers = { cookie, 'content-type': 'application/json' };
  const response = await server.fetch(address, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  expect(response.ok, `${method} ${address}`).toBe(true);
  return response.json();
}

const tagsOf = ({ received }: TestSubscription) =>
  received.map(({ payload }) => TAGGED.parse(payload).notification.tag);

function openJobs(path: string): number | undefined {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare<[], number>('select count(*) from jobs').pluck().get();
  } finally {
    database.close();
  }
}

it('PU-3: a push whose answer a killed server did not see is sent once more, under the same tag and topic', async () => {
  const { path, start, first, subscription, post, reasons } = await aPushedServer('unanswered.db');
  subscription.isSilent = true;
  const position = await post(first, 'are you there?');
  await expect.poll(() => subscription.received, PATIENCE).toHaveLength(1);
  await first.stop('SIGKILL');
  subscription.isSilent = false;

  const second = await start();
  expect(await reasons(second, position)).toEqual(['pending']);
  await expect.poll(() => openJobs(path), PATIENCE).toBe(0);
  const [tag] = tagsOf(subscription);
  expect(tagsOf(subscription)).toEqual([tag, tag]);
  expect(new Set(subscription.received.map(({ headers }) => headers.topic)).size).toBe(1);
  expect(await reasons(second, position)).toEqual(['sent']);
});

it('PU-3: no acknowledged message goes without its push through kill -9 at any step, and none is sent more than twice', async () => {
  const { path, chatId, start, first, subscription, post } = await aPushedServer('killed.db');
  let server = first;
  const expected: string[] = [];
  for (const killedAfter of [1, 4, 9]) {
    const before = subscription.received.length;
    for (let message = 0; message < 10; message += 1) {
      const position = await post(server, `message ${message}`);
      expected.push(`message-${chatId}-${position}`);
    }
    await expect.poll(() => subscription.received.length, PATIENCE).toBeGreaterThanOrEqual(before + killedAfter);
    await server.stop('SIGKILL');
    server = await start();
    await expect.poll(() => openJobs(path), PATIENCE).toBe(0);
    const tags = tagsOf(subscription);
    expect(new Set(tags)).toEqual(new Set(expected));
    expect(expected.filter((tag) => tags.filter((sent) => sent === tag).length > 2)).toEqual([]);
  }
});
