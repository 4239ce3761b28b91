import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ChatSocket, TextSocket } from '../websocket/chat-client.ts';
import { ServerProcess } from './server-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-system-'));
const running = new Set<ServerProcess>();

async function start(env: Record<string, string>): Promise<ServerProcess> {
  const server = await ServerProcess.start(env);
  running.add(server);
  return server;
}

afterEach(async () => {
  for (const server of running) await server.stop('SIGKILL');
  running.clear();
});
afterAll(() => rmSync(directory, { recursive: true }));

async function historyOf(server: ServerProcess, chatId: number, cookie: string): Promise<unknown> {
  return (await server.fetch(`/chat/${chatId}/messages`, { headers: { cookie } })).json();
}

/** Two people meet in a chat and talk, each in their own way; the history they leave is answered. */
async function talk(server: ServerProcess) {
  const [ada, bob] = [await server.signIn('ada'), await server.signIn('bob')];
  const chatId = await server.newChat(ada, bob);
  const one = await new ChatSocket({ url: server.socketUrl(chatId, '?after=0'), cookie: ada }).opened();
  const two = await new TextSocket({ url: server.socketUrl(chatId), cookie: bob }).opened();
  expect(await one.nextTexts(2)).toEqual(['ready', 'bob joined']);
  one.post('hello', 'ahoy 🐟');
  expect(await two.next()).toBe('ada: ahoy 🐟');
  two.send('ahoy yourself');
  expect(await one.nextTexts(2)).toEqual(['ahoy 🐟', 'ahoy yourself']);
  return { chatId, ada, history: await historyOf(server, chatId, ada) };
}

describe.each([
  ['SQLite', () => `sqlite:${join(directory, 'journey.db')}`],
  ['memory', () => 'memory:'],
])('the real process on %s', (_name, databaseUrl) => {
  it('lets two people meet and talk, and stops when it is told to', async () => {
    const server = await start({ DATABASE_URL: databaseUrl() });
    await talk(server);
    expect(await (await server.fetch('/status')).json()).toEqual({ connected_clients: 2 });
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    for (const line of server.lines) expect(JSON.parse(line)).toHaveProperty('time');
  });
});

describe('a restart', () => {
  it('leaves names, sessions, chats and messages as they were', async () => {
    const env = { DATABASE_URL: `sqlite:${join(directory, 'restart.db')}` };
    const before = await start(env);
    const { chatId, ada, history } = await talk(before);
    await before.stop();

    const after = await start(env);
    expect(await historyOf(after, chatId, ada)).toEqual(history);
    const again = await after.signIn('ada');
    const socket = await new ChatSocket({ url: after.socketUrl(chatId, '?after=1'), cookie: again }).opened();
    expect(await socket.nextTexts(3)).toEqual(['ready', 'ahoy 🐟', 'ahoy yourself']);
    const wrong = new URLSearchParams({ username: 'ada', password: 'not her password' });
    expect((await after.fetch('/auth', { method: 'POST', body: wrong })).status).toBe(401);
    expect(statSync(join(directory, 'restart.db')).mode & 0o777).toBe(0o600);
  });
});

describe('a variable that makes no sense', () => {
  it.each([
    ['PORT', 'seventeen'],
    ['PORT', '65536'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['DATABASE_URL', 'sqlite:'],
    ['PUBLIC_ORIGIN', 'chat.example.org'],
    ['PUBLIC_ORIGIN', 'https://chat.example.org/path'],
    ['REGISTRATION', 'maybe'],
    ['RATE_LIMITS', 'some'],
    ['LOG_LEVEL', 'loud'],
    ['REDIS_URL', 'localhost:6379'],
  ])('stops the start with one line that names it: %s=%s', async (name, value) => {
    const error: unknown = await start({ [name]: value }).catch((reason: unknown) => reason);
    const [first, ...said] = String(error).split('\n');
    expect(first).toContain('ended with 1');
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(name);
  });

  it('also when only the system knows: a taken port, a directory that is a file, a file that is no database', async () => {
    const other = await start({ DATABASE_URL: 'memory:' });
    writeFileSync(join(directory, 'notes.txt'), 'This is no database, but long enough for one header. '.repeat(20));
    const starts = [
      { PORT: new URL(other.url).port, DATABASE_URL: 'memory:' },
      { DATABASE_URL: `sqlite:${join(directory, 'notes.txt', 'chat.db')}` },
      { DATABASE_URL: `sqlite:${join(directory, 'notes.txt')}` },
    ];
    const reasons = await Promise.all(starts.map((env) => start(env).catch((reason: unknown) => String(reason))));
    expect(reasons.map((reason) => String(reason).split('\n').slice(1))).toEqual([
      [expect.stringContaining('PORT is taken')],
      [expect.stringContaining('The parent directory in DATABASE_URL is not a directory')],
      [expect.stringContaining('DATABASE_URL names a file that is no database')],
    ]);
  });
});
