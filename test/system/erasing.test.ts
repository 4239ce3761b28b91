import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { ChatSocket } from '../websocket/chat-client.ts';
import { ServerProcess } from './server-process.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const STORED = z.object({ position: z.number(), revision: z.number() });
/** Longer than the worker takes to look for jobs that another program has made due. */
const PATIENCE = { timeout: 20_000 };

const directory = mkdtempSync(join(tmpdir(), 'shoal-erasing-'));
afterAll(() => rmSync(directory, { recursive: true }));

let place = '';
let path = '';
beforeEach(() => {
  place = mkdtempSync(join(directory, 'place-'));
  path = join(place, 'database.db');
});

const start = () => {
  const started = ServerProcess.start({ DATABASE_URL: `sqlite:${path}` });
  onTestFinished(async () => void (await started).child.kill('SIGKILL'));
  return started;
};

function ask<T>(sql: string): T[] {
  const database = new Database(path, { timeout: 5_000 });
  try {
    const statement = database.prepare<[], T>(sql);
    if (statement.reader) return statement.all();
    statement.run();
    return [];
  } finally {
    database.close();
  }
}

const jobs = () => ask<{ attempts: number; lease: string | null }>('select attempts, lease from jobs');
const makeDue = () => ask('update jobs set due_at = 0');
const isInFiles = (words: string) => readdirSync(place).some((name) => readFileSync(join(place, name)).includes(words));

/** A message that was posted with a canary, edited to another one, answered, pinned and reacted to, and deleted. */
async function deletedMessage(server: ServerProcess) {
  const cookie = await server.signIn('ada');
  const chatId = await server.newChat(cookie);
  const canaries = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')] as const;
  const send = async (method: string, address: string, body?: object) => {
    const init = { method, headers: { ...JSON_BODY, cookie }, ...(body && { body: JSON.stringify(body) }) };
    const response = await server.fetch(address, init);
    expect(response.ok).toBe(true);
    return response.json();
  };
  const messages = `/chat/${chatId}/messages`;
  const { position, revision } = STORED.parse(await send('POST', messages, { text: `@ada ${canaries[0]}` }));
  const address = `${messages}/${position}`;
  await send('PATCH', address, { text: `@ada @all ${canaries[1]}`, revision });
  await send('POST', messages, { text: 'Yes.', reply_to: position });
  await send('PUT', `${address}/reactions/${encodeURIComponent('👍')}`);
  await send('PUT', `/chat/${chatId}/pins/${position}`);
  await send('DELETE', address);
  return { cookie, chatId, address, canaries };
}

describe('ER-1: the words of a deleted message', () => {
  it('are a minute later in no file of the database, on no page, and in nothing that is sent to anybody', async () => {
    const first = await start();
    const { cookie, chatId, address, canaries } = await deletedMessage(first);
    expect(canaries.map(isInFiles)).toEqual([true, true]);
    await first.stop('SIGKILL');
    makeDue();

    const second = await start();
    await expect.poll(jobs, PATIENCE).toEqual([]);
    expect(canaries.map(isInFiles)).toEqual([false, false]);
    const follower = new ChatSocket({ url: second.socketUrl(chatId, '?after=0'), cookie });
    const told = JSON.stringify(await follower.nextFrames(4));
    follower.socket.close();
    const pages = await Promise.all(
      ['', '/messages', '/messages?after=0', '/messages?around=1', '/pins', '/at/1', '/messages/1/versions'].map(
        async (rest) => {
          const response = await second.fetch(`/chat/${chatId}${rest}`, { headers: { cookie, accept: '*/*' } });
          return response.text();
        },
      ),
    );
    const restored = await second.fetch(`${address}/restore`, { method: 'POST', headers: { cookie } });
    expect(restored.status).toBe(410);
    for (const words of canaries) expect([told, ...pages, ...second.lines].join('\n')).not.toContain(words);
    await second.stop();
    expect(canaries.map(isInFiles)).toEqual([false, false]);
  });

  it('are erased once more, and never forgotten, when the server is killed while it erases them', async () => {
    const first = await start();
    const { canaries } = await deletedMessage(first);
    // Another program that reads keeps the erasure from coming to its end.
    const reader = new Database(path, { readonly: true });
    onTestFinished(() => void reader.close());
    reader.exec('begin');
    reader.prepare('select count(*) from messages').get();
    makeDue();
    await expect.poll(jobs, PATIENCE).toEqual([{ attempts: 1, lease: expect.any(String) }]);
    await first.stop('SIGKILL');
    reader.exec('commit');
    expect(jobs()).toEqual([{ attempts: 1, lease: expect.any(String) }]);

    makeDue();
    const second = await start();
    await expect.poll(jobs, PATIENCE).toEqual([]);
    expect(canaries.map(isInFiles)).toEqual([false, false]);
    await second.stop();
  });

  it('leave nothing in the search index, of which no part of them is in any file', async () => {
    const server = await start();
    const cookie = await server.signIn('ada');
    const chatId = await server.newChat(cookie);
    const headers = { ...JSON_BODY, cookie };
    // Rare characters: each two of them that follow each other are nowhere else.
    const characters = Array.from({ length: 12 }, () => String.fromCodePoint(0x20000 + randomInt(0x8000)));
    const pairs = characters.slice(1).map((character, index) => `${characters[index]}${character}`);
    const messages = `/chat/${chatId}/messages`;
    const body = JSON.stringify({ text: characters.join('') });
    const { position } = STORED.parse(await (await server.fetch(messages, { method: 'POST', headers, body })).json());
    const indexed = () => ask(`select place from search_texts where text like '%${characters.join('')}%'`);
    await expect.poll(indexed, PATIENCE).toHaveLength(1);
    expect(pairs.filter((pair) => !isInFiles(pair))).toEqual([]);
    const found = async () => {
      const address = `/search?q=${encodeURIComponent(pairs.slice(0, 1).join(''))}`;
      return JSON.stringify(await (await server.fetch(address, { headers })).json());
    };
    expect(await found()).toContain(characters.join(''));
    await server.fetch(`${messages}/${position}`, { method: 'DELETE', headers });
    expect(await found()).not.toContain(characters.join(''));
    makeDue();
    await expect.poll(jobs, PATIENCE).toEqual([]);
    expect(indexed()).toEqual([]);
    await server.stop();
    expect(pairs.filter(isInFiles)).toEqual([]);
  });

  it('stay until then for who deleted them', async () => {
    const server = await start();
    const { cookie, address, canaries } = await deletedMessage(server);
    const restored = await server.fetch(`${address}/restore`, { method: 'POST', headers: { cookie } });
    expect(await restored.text()).toContain(canaries[1]);
    makeDue();
    await expect.poll(jobs, PATIENCE).toEqual([]);
    const found = await server.fetch(address, { headers: { cookie } });
    expect(await found.text()).toContain(canaries[1]);
    await server.stop();
  });
});

describe('ER-4: an earlier version of a message that its author erases', () => {
  it('is in no file of the database soon after, and the other texts stay', async () => {
    const server = await start();
    const cookie = await server.signIn('ada');
    const chatId = await server.newChat(cookie);
    const headers = { ...JSON_BODY, cookie };
    const [first, second] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
    const messages = `/chat/${chatId}/messages`;
    const posted = await server.fetch(messages, { method: 'POST', headers, body: JSON.stringify({ text: first }) });
    const { position, revision } = STORED.parse(await posted.json());
    const body = JSON.stringify({ text: second, revision });
    await server.fetch(`${messages}/${position}`, { method: 'PATCH', headers, body });
    expect(isInFiles(first)).toBe(true);
    const erased = await server.fetch(`${messages}/${position}/versions/${revision}`, { method: 'DELETE', headers });
    expect(erased.status).toBe(200);
    await expect.poll(jobs, PATIENCE).toEqual([]);
    expect([isInFiles(first), isInFiles(second)]).toEqual([false, true]);
  });
});

describe('the words of messages that a chat keeps no longer', () => {
  it('MO-5: are in no file of the database, on no page, and in nothing that is sent to anybody', async () => {
    const first = await start();
    const cookie = await first.signIn('ada');
    const chatId = await first.newChat(cookie);
    const canary = randomBytes(16).toString('hex');
    const send = async (method: string, address: string, body?: object) => {
      const init = { method, headers: { ...JSON_BODY, cookie }, ...(body && { body: JSON.stringify(body) }) };
      const response = await first.fetch(`/chat/${chatId}${address}`, init);
      expect(response.ok).toBe(true);
      return response.json();
    };
    const { revision } = STORED.parse(await send('POST', '/messages', { text: `old ${canary}` }));
    await send('PATCH', '/messages/1', { text: `@ada ${canary}`, revision });
    await send('PUT', `/messages/1/reactions/${encodeURIComponent('👍')}`);
    await send('PUT', '/pins/1');
    await send('POST', '/messages', { text: 'Yes.', reply_to: 1 });
    await send('PUT', '/retention', { days: 1 });
    await first.stop('SIGKILL');
    ask('update messages set sent_at = sent_at - 2 * 86400000 where position = 1');
    makeDue();

    const second = await start();
    await expect.poll(() => isInFiles(canary), PATIENCE).toBe(false);
    expect(ask('select * from message_versions')).toEqual([]);
    for (const rest of ['', '/messages', '/messages?after=0', '/pins', '/members']) {
      const response = await second.fetch(`/chat/${chatId}${rest}`, { headers: { cookie, accept: '*/*' } });
      expect([response.status, (await response.text()).includes(canary)]).toEqual([200, false]);
    }
    const gone = await second.fetch(`/chat/${chatId}/messages/1`, { headers: { cookie, accept: '*/*' } });
    expect(gone.status).toBe(404);
    await second.stop();
  });
});
