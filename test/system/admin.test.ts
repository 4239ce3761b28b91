import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { TextSocket } from '../websocket/chat-client.ts';
import { run } from './database-command.ts';
import { ServerProcess } from './server-process.ts';

const NEW_PASSWORD = 'battery staple';

async function serve(DATABASE_URL: string): Promise<ServerProcess> {
  const server = await ServerProcess.start({ DATABASE_URL });
  onTestFinished(() => void server.child.kill('SIGKILL'));
  return server;
}

function commandTests(url: () => Promise<string>): void {
  it('says who administers, and gives and takes the office while the server runs', async () => {
    const database = await url();
    const server = await serve(database);
    const admin = (...args: string[]) => run('admin', database, ...args);
    expect((await admin('list')).out).toEqual([expect.stringContaining('There is no administrator')]);
    await server.signIn('ada');
    await server.signIn('bob');
    expect((await admin('list')).out).toEqual([expect.stringMatching(/^ada, administrator since 20/)]);
    const refused = await admin('revoke', 'ada');
    expect([refused.code, refused.err]).toEqual([1, [expect.stringContaining('ada is the only administrator')]]);
    expect(await admin('grant', 'BOB')).toEqual({ code: 0, out: ['bob is an administrator.'], err: [] });
    expect(await admin('revoke', 'ada')).toEqual({ code: 0, out: ['ada is not an administrator.'], err: [] });
    expect((await admin('grant', 'nobody')).err).toEqual(['Nothing was changed: there is no account named "nobody".']);
    expect((await admin('grant')).code).toBe(2);
    expect((await admin('list')).out).toEqual([expect.stringMatching(/^bob, /)]);
  });

  it('AU-10: deactivates a person within a second: sessions, sockets and sign-in, until they are activated', async () => {
    const database = await url();
    const server = await serve(database);
    await server.signIn('ada');
    const bob = await server.signIn('bob');
    const chatId = await server.newChat(bob);
    const socket = await new TextSocket({ url: server.socketUrl(chatId), cookie: bob }).opened();
    const began = performance.now();
    const { code, err } = await run('admin', database, 'deactivate', 'bob');
    const said = performance.now();
    expect([code, err]).toEqual([0, []]);
    expect((await server.fetch('/', { headers: { cookie: bob } })).status).toBe(401);
    expect(await socket.closed).toBe(4401);
    // The command has told, and may have taken its time before.
    expect(performance.now() - said).toBeLessThan(1_000);
    expect(performance.now() - began).toBeLessThan(10_000);
    await expect(server.signIn('bob')).rejects.toThrow('401');
    expect((await run('admin', database, 'activate', 'bob')).code).toBe(0);
    const again = await server.signIn('bob');
    expect((await server.fetch(`/chat/${chatId}`, { headers: { cookie: again } })).status).toBe(200);
  });

  it('prints a link that resets a password while the server runs', async () => {
    const database = await url();
    const server = await serve(database);
    const ada = await server.signIn('ada');
    const { out } = await run('admin', database, 'reset-password', 'ada');
    const path = new URL(out[1] ?? '').pathname;
    expect((await server.fetch(path)).status).toBe(200);
    const body = new URLSearchParams({ new: NEW_PASSWORD });
    expect((await server.fetch(path, { method: 'POST', body })).status).toBe(303);
    expect((await server.fetch('/', { headers: { cookie: ada } })).status).toBe(401);
    expect((await server.fetch(path, { method: 'POST', body })).status).toBe(404);
    await server.signIn('ada', NEW_PASSWORD);
  });

  it('works where no server runs', async () => {
    const database = await url();
    const server = await serve(database);
    await server.signIn('ada');
    await server.signIn('bob');
    await server.stop();
    expect((await run('admin', database, 'grant', 'bob')).out).toEqual(['bob is an administrator.']);
    const after = await serve(database);
    await after.signIn('bob');
    expect((await run('admin', database, 'list')).out).toHaveLength(2);
  });
}

describe('the command admin, on SQLite', () => {
  const directory = scratchDirectory('shoal-admin-');
  let made = 0;
  commandTests(async () => {
    made += 1;
    return `sqlite:${join(directory, `${made}.db`)}`;
  });

  it('makes no file, and none of its own', async () => {
    const path = join(directory, 'none.db');
    expect((await run('admin', path, 'list')).err).toEqual([`Nothing was changed: There is no file ${path}.`]);
    expect((await run('admin', 'memory:', 'list')).code).toBe(2);
  });
});

describe('the command admin, on PostgreSQL', () => {
  let postgres: PostgresServer;
  let made = 0;
  beforeAll(async () => {
    postgres = await PostgresServer.start();
  });
  afterAll(() => postgres.remove());

  commandTests(() => {
    made += 1;
    return postgres.schema(`admin_${made}`);
  });
});
