import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { run } from './database-command.ts';
import { ServerProcess } from './server-process.ts';

function reindexTests(url: () => Promise<string>): void {
  const serve = async (database: string) => {
    const server = await ServerProcess.start({ DATABASE_URL: database });
    onTestFinished(() => void server.child.kill('SIGKILL'));
    return server;
  };

  it('makes the index anew while the server runs, and without one', async () => {
    const database = await url();
    const server = await serve(database);
    const cookie = await server.signIn('ada');
    const chatId = await server.newChat(cookie);
    const headers = { 'content-type': 'application/json', cookie };
    const post = (text: string) =>
      server.fetch(`/chat/${chatId}/messages`, { method: 'POST', headers, body: JSON.stringify({ text }) });
    for (let n = 0; n < 300; n += 1) await post(`message ${n} of many`);
    const found = async () => {
      const answer = await (await server.fetch('/search?q=%22message%207%20of%22', { headers })).json();
      return answer;
    };
    const hit = { hits: [{ message: { text: 'message 7 of many' } }], complete: true };
    expect(await found()).toMatchObject(hit);
    const done = {
      code: 0,
      out: ['The search index was made anew.'],
      err: [],
    };
    expect(await run('reindex', database)).toEqual(done);
    expect(await found()).toMatchObject(hit);
    expect((await run('reindex', database, 'now')).code).toBe(2);
    await server.stop();
    expect(await run('reindex', database)).toEqual(done);
  });
}

describe('npm run reindex on SQLite', () => {
  const directory = scratchDirectory('shoal-reindex-');
  reindexTests(async () => `sqlite:${join(directory, 'database.db')}`);
});

describe('npm run reindex on PostgreSQL', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await PostgresServer.start();
  });
  afterAll(() => postgres.remove());
  reindexTests(() => postgres.schema('reindex'));
});
