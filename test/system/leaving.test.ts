import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { findComponent } from '../components.ts';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { RedisServer } from '../redis/redis-server.ts';
import { ChatSocket } from '../websocket/chat-client.ts';
import { run } from './database-command.ts';
import type { Served } from './served.ts';
import { ServerProcess } from './server-process.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const PATIENCE = { timeout: 30_000 };

const directory = mkdtempSync(join(tmpdir(), 'shoal-leaving-'));
afterAll(() => rmSync(directory, { recursive: true }));

let place = '';
let path = '';
beforeEach(() => {
  place = mkdtempSync(join(directory, 'place-'));
  path = join(place, 'database.db');
});

async function start(env: Record<string, string> = { DATABASE_URL: `sqlite:${path}` }) {
  const server = await ServerProcess.start(env);
  onTestFinished(() => void server.child.kill('SIGKILL'));
  return server;
}

const isInFiles = (words: string) =>
  readdirSync(place).some((name) => readFileSync(join(place, name)).toString('latin1').includes(words));

const isDone = () => {
  const database = new Database(path, { timeout: 5_000 });
  try {
    return database.prepare('select done from erasures').pluck().get() === 1;
  } finally {
    database.close();
  }
};

interface Scene {
  readonly ada: string;
  readonly zoe: string;
  readonly chatId: number;
}

async function send(server: Served, cookie: string, method: string, address: string, body?: object): Promise<Response> {
  const init = { method, headers: { ...JSON_BODY, cookie }, ...(body && { body: JSON.stringify(body) }) };
  return server.fetch(address, init);
}

/** Zoe has written so many messages, each with the canary, in a chat of Ada's. */
async function aChat(server: Served, canary: string, messages: number): Promise<Scene> {
  const [ada, zoe] = [await server.signIn('ada'), await server.signIn('zoe')];
  const chatId = await server.newChat(ada, zoe);
  const post = (n: number) => send(server, zoe, 'POST', `/chat/${chatId}/messages`, { text: `${canary} ${n}` });
  for (let n = 0; n < messages; n += 50)
    await Promise.all(Array.from({ length: Math.min(50, messages - n) }, (_, i) => post(n + i)));
  return { ada, zoe, chatId };
}

const leave = async (server: Served, { zoe }: Scene, words: string) =>
  expect((await send(server, zoe, 'DELETE', '/account', { words, username: 'zoe' })).status).toBe(204);

async function said(server: Served, { ada, chatId }: Scene): Promise<string> {
  const response = await send(server, ada, 'GET', `/chat/${chatId}/messages?limit=100`);
  expect(response.status).toBe(200);
  return response.text();
}

describe('LV-2: the words of a person who erases them', () => {
  it('are in no file of the database, though the server is killed while it erases them', async () => {
    const canary = randomBytes(16).toString('hex');
    const first = await start();
    const scene = await aChat(first, canary, 1_000);
    expect(isInFiles(canary)).toBe(true);
    await leave(first, scene, 'erase');
    await first.stop('SIGKILL');

    const second = await start();
    await expect.poll(isDone, PATIENCE).toBe(true);
    expect(await said(second, scene)).not.toContain(canary);
    expect(isInFiles(canary)).toBe(false);
    expect((await send(second, scene.zoe, 'GET', '/chats')).status).toBe(401);
    await second.stop();
    expect(isInFiles(canary)).toBe(false);
  });
});

/** A backup with the words, and a server that has erased them since. */
async function backedUp(words: string) {
  const canary = randomBytes(16).toString('hex');
  const server = await start();
  const scene = await aChat(server, canary, 3);
  const backup = join(mkdtempSync(join(directory, 'backup-')), 'backup.db');
  expect((await run('backup', path, backup)).code).toBe(0);
  await leave(server, scene, words);
  await server.stop('SIGKILL');
  return { canary, scene, backup };
}

async function expectForgotten({ canary, scene }: Awaited<ReturnType<typeof backedUp>>): Promise<void> {
  const server = await start();
  await server.printed('erasures_replayed');
  await expect.poll(isDone, PATIENCE).toBe(true);
  expect(await said(server, scene)).not.toMatch(new RegExp(`${canary}|zoe`));
  expect((await send(server, scene.zoe, 'GET', '/chats')).status).toBe(401);
  expect(isInFiles(canary)).toBe(false);
  await server.stop();
}

describe('ER-6: a restored backup', () => {
  it('ER-6: has nobody who was deleted since, by the command', async () => {
    const installation = await backedUp('erase');
    const { code, out } = await run('restore', path, '--replace', installation.backup);
    expect([code, out.at(-1)]).toEqual([0, expect.stringContaining('deleted again at the next start: up to 1.')]);
    for (const name of readdirSync(place)) if (name.includes('.before-')) rmSync(join(place, name));
    await expectForgotten(installation);
  });

  it('ER-6: nor where it was copied by hand', async () => {
    const installation = await backedUp('erase');
    for (const suffix of ['-wal', '-shm', '-mark']) rmSync(path + suffix, { force: true });
    copyFileSync(installation.backup, path);
    await expectForgotten(installation);
  });

  it('ER-6: nor where the server was killed before it wrote the list', async () => {
    const installation = await backedUp('erase');
    rmSync(`${path}-erasures`);
    expect((await run('restore', path, '--replace', installation.backup)).code).toBe(0);
    for (const name of readdirSync(place)) if (name.includes('.before-')) rmSync(join(place, name));
    await expectForgotten(installation);
  });

  it('keeps the words of a person who kept them, under “former member”', async () => {
    const { canary, scene, backup } = await backedUp('keep');
    expect((await run('restore', path, '--replace', backup)).code).toBe(0);
    const server = await start();
    await expect.poll(isDone, PATIENCE).toBe(true);
    const history = await said(server, scene);
    expect([history.includes(canary), history.includes('zoe'), history.includes('former member')]).toEqual([
      ...[true, false, true],
    ]);
    await server.stop();
  });
});

const redisServer = findComponent('redis-server');

describe.skipIf(redisServer.isMissing)('two instances', () => {
  it('forget a person who leaves at one of them', async () => {
    const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start(redisServer.path)]);
    onTestFinished(async () => void (await Promise.all([postgres.remove(), redis.stop()])));
    const env = { DATABASE_URL: await postgres.schema('leaving'), REDIS_URL: redis.url };
    const one = await start({ ...env, ERASURES_FILE: join(place, 'one') });
    const other = await start({ ...env, ERASURES_FILE: join(place, 'other') });
    const canary = randomBytes(16).toString('hex');
    const scene = await aChat(one, canary, 400);
    const follower = new ChatSocket({ url: other.socketUrl(scene.chatId), cookie: scene.ada });
    await follower.nextFrames(1);
    const own = new ChatSocket({ url: other.socketUrl(scene.chatId), cookie: scene.zoe });
    await own.nextFrames(1);

    await leave(one, scene, 'erase');
    expect(await own.closed).toBe(4401);
    expect((await send(other, scene.zoe, 'GET', '/chats')).status).toBe(401);
    await expect.poll(() => said(other, scene), PATIENCE).not.toMatch(new RegExp(`${canary}|zoe`));
    expect(readFileSync(join(place, 'one'), 'utf8')).toMatch(/"user":\d+,"words":"erase"/);
    await other.stop();
    // The next start at the other's place knows it too.
    const again = await start({ ...env, ERASURES_FILE: join(place, 'other') });
    expect(readFileSync(join(place, 'other'), 'utf8')).toMatch(/"user":\d+,"words":"erase"/);

    follower.socket.close();
    await again.stop();
  });
});
