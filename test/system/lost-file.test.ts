import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ChatSocket } from '../websocket/chat-client.ts';
import { eventsOf, say, startOn, textsOf } from './fault-server.ts';
import { ServerProcess } from './server-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-lost-'));
const other = join(directory, 'other.db');
afterAll(() => rmSync(directory, { recursive: true }));

beforeAll(async () => {
  const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${other}` });
  await server.signIn('somebody-else');
  await server.stop();
});

/** Somebody talks in a chat on a file of its own; what was acknowledged is noted. */
async function aTalk(name: string) {
  mkdirSync(join(directory, name));
  const path = join(directory, name, 'chat.db');
  const server = await startOn(path);
  const cookie = await server.signIn('ada');
  const chatId = await server.newChat(cookie);
  const acknowledged: string[] = [];
  const post = async () => {
    const text = `message ${acknowledged.length}`;
    const { status } = await say(server, chatId, cookie, text);
    if (status === 201) acknowledged.push(text);
    return status;
  };
  for (let n = 0; n < 5; n += 1) expect(await post()).toBe(201);
  return {
    path,
    server,
    cookie,
    chatId,
    acknowledged,
    post,
    /** Resolves within five seconds, or fails. */
    answers: (status: number) => vi.waitFor(async () => expect(await post()).toBe(status), { timeout: 5_000 }),
    isReady: (status: number) =>
      vi.waitFor(async () => expect((await server.fetch('/readyz')).status).toBe(status), { timeout: 5_000 }),
  };
}

describe('DB-4: the file under a running server', () => {
  it('that is moved away: nothing is acknowledged until it is back', async () => {
    const { path, server, cookie, chatId, acknowledged, post, answers, isReady } = await aTalk('moved');
    const socket = await new ChatSocket({ url: server.socketUrl(chatId), cookie }).opened();
    renameSync(path, `${path}.away`);
    await answers(503);
    await isReady(503);
    const before = socket.unread.length;
    socket.post('lost', 'into the void');
    await vi.waitFor(() => expect(socket.unread.length).toBe(before + 1));
    expect(JSON.parse(socket.unread.at(-1) ?? '')).toMatchObject({ type: 'refused', code: 'unavailable' });
    expect(await post()).toBe(503);
    expect(await textsOf(server, chatId, cookie)).toEqual(acknowledged);

    renameSync(`${path}.away`, path);
    await answers(201);
    await isReady(200);
    expect(eventsOf(server).filter((event) => event.startsWith('database_'))).toEqual([
      'database_created',
      'database_lost',
      'database_back',
    ]);
    await server.stop('SIGKILL');
    expect(await textsOf(await startOn(path), chatId, cookie)).toEqual(acknowledged);
  });

  it('that is deleted with all that belongs to it: nothing is acknowledged, and the stop is a good one', async () => {
    const { path, server, post, answers, isReady } = await aTalk('deleted');
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix);
    await answers(503);
    await isReady(503);
    expect(await post()).toBe(503);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

  it('that another takes the place of: nothing is acknowledged, and a restart opens the other one, whole', async () => {
    const { path, server, acknowledged, chatId, cookie, post, answers, isReady } = await aTalk('replaced');
    renameSync(path, `${path}.before`);
    cpSync(other, path);
    await answers(503);
    await isReady(503);
    expect(await post()).toBe(503);
    await server.stop();

    const after = await startOn(path);
    expect(await after.signIn('somebody-else')).toContain('session_token');
    await after.stop();
    const database = new Database(path, { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.prepare('select count(*) from users').pluck().get()).toBe(1);
    database.close();
    const asItWas = await startOn(`${path}.before`);
    expect(await textsOf(asItWas, chatId, cookie)).toEqual(acknowledged);
  });

  it('whose log is deleted: nothing more is acknowledged, and nothing that was is lost, even by kill -9', async () => {
    const { path, server, acknowledged, chatId, cookie, answers, isReady } = await aTalk('without-log');
    rmSync(`${path}-wal`);
    await answers(503);
    await isReady(503);
    await server.stop('SIGKILL');
    expect(await textsOf(await startOn(path), chatId, cookie)).toEqual(acknowledged);
  });
});
