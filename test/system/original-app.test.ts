import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ODD, OLD_CODE, OLD_TOKEN, ordinary, originalDatabase, sha256 } from '../original-app/original-app.ts';
import { aDisk, findMounting } from './mounts.ts';
import { bundleOf, COMPILED } from './programs.ts';
import { ServerProcess } from './server-process.ts';

const mounting = findMounting();
/** A file that the original app itself wrote. */
const OWN_FILE = fileURLToPath(new URL('../original-app/original-app.db', import.meta.url));
/** So many times the upgrade is killed. */
const KILLS = 20;
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

const root = mkdtempSync(join(tmpdir(), 'shoal-original-app-'));
const running = new Set<ServerProcess>();
afterEach(async () => {
  for (const server of running) await server.stop('SIGKILL');
  running.clear();
});
afterAll(() => rmSync(root, { recursive: true }));

async function start(path: string): Promise<ServerProcess> {
  const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${path}` });
  running.add(server);
  return server;
}

const page = z.object({
  messages: z.array(z.object({ position: z.number(), text: z.string(), author: z.object({ username: z.string() }) })),
});

async function historyOf(server: ServerProcess, chatId: number, cookie: string): Promise<readonly string[]> {
  const response = await server.fetch(`/chat/${chatId}/messages?limit=100`, { headers: { cookie } });
  const { messages } = page.parse(await response.json());
  return messages.map(({ position, text, author }) => `${position} ${author.username}: ${text.slice(0, 40)}`);
}

/** A chat's whole history, page by page. */
async function textsOf(server: ServerProcess, chatId: number, cookie: string): Promise<readonly string[]> {
  let texts: string[] = [];
  for (let before: number | undefined; before !== 1; ) {
    const query = before === undefined ? '' : `&before=${before}`;
    const response = await server.fetch(`/chat/${chatId}/messages?limit=100${query}`, { headers: { cookie } });
    const { messages } = page.parse(await response.json());
    texts = [...messages.map(({ text }) => text), ...texts];
    before = messages[0]?.position ?? 1;
  }
  return texts;
}

async function signInStatus(server: ServerProcess, username: string, password: string): Promise<number> {
  const body = new URLSearchParams({ username, password });
  return (await server.fetch('/auth', { method: 'POST', body })).status;
}

/** Everything that is stored, but for salts and the moments of the upgrade. */
function stored(path: string): unknown {
  const database = new Database(path, { readonly: true });
  try {
    const all = (sql: string) => database.prepare(sql).raw().all();
    return [
      all('pragma integrity_check'),
      all('select id, username, username_key from users order by id'),
      all("select count(*) from users where password_hash not like '$argon2id$v=19$m=19456,t=2,p=1$%'"),
      all('select id, name, revision from chats order by id'),
      all('select chat_id, user_id, role from members order by joined_at'),
      all('select * from invites order by id'),
      all('select * from messages'),
      all('select * from sessions'),
    ];
  } finally {
    database.close();
  }
}

describe('MG-1: the first start on a database of the original app', () => {
  it('goes on with its people, passwords, invites and messages, and so does the second', async () => {
    const path = join(mkdtempSync(join(root, 'first-')), 'database.db');
    originalDatabase(path, ODD);
    let server = await start(path);
    const [ada, bob] = [await server.signIn('ada', 'ada'), await server.signIn('bob', 'bob has a good one')];
    for (const [name, password] of [
      ['BOB-3', 'another Bob'],
      ['bob-4', 'a third bob'],
      ['bob-2', 'really bob-2'],
      ['mallory- hi', 'mallory has none'],
      ['user-9', 'nameless two'],
    ] as const) {
      expect([name, await signInStatus(server, name, password)]).toEqual([name, 303]);
    }
    for (const [name, password, status] of [
      ['ada', 'adb', 422],
      ['bob', 'another Bob', 401],
      ['bob', sha256('bob has a good one'), 401],
      ['eve', 'whatever it was', 401],
      ['gone', 'whatever it was', 401],
    ] as const) {
      expect([name, await signInStatus(server, name, password)]).toEqual([name, status]);
    }
    const old = await server.fetch('/', { headers: { cookie: `session_token=${OLD_TOKEN}`, accept: 'text/html' } });
    expect(old.headers.get('location')).toBe('/auth?next=%2F');

    const history = await historyOf(server, 1, ada);
    expect(history).toEqual([
      '1 ada: first',
      '2 bob: second',
      '3 gone: a gap before, and no time',
      '4 Bob-3: out of order by its time',
      '5 ada: ',
      '6 ada: a\0b',
      `7 ada: ${'y'.repeat(40)}`,
      '8 unknown-2: ',
      '9 ada: blob\ufffd',
      '10 user-8: 42',
    ]);
    for (const cookie of [ada, bob]) {
      expect((await server.fetch('/chat/1', { headers: { cookie, accept: 'text/html' } })).status).toBe(200);
    }
    const newcomer = await server.signIn('grace');
    expect((await server.fetch('/chat/1', { headers: { cookie: newcomer } })).status).toBe(403);
    const joined = await server.fetch(`/invite/${OLD_CODE}`, { headers: { cookie: newcomer } });
    expect(joined.headers.get('location')).toBe('/chat/1');
    expect((await server.fetch('/invite/late-1', { headers: { cookie: newcomer } })).status).toBe(404);

    await server.stop();
    server = await start(path);
    expect(await historyOf(server, 1, bob)).toEqual([...history, '11 grace: grace joined']);
    expect(await signInStatus(server, 'ada', 'ada')).toBe(303);
    expect(server.lines.filter((line) => line.includes('upgrade'))).toEqual([]);
    await server.stop();

    const database = new Database(path, { readonly: true });
    const wrapped = "select username from users where password_hash like '%$of-sha256' order by id";
    // AU-5: whoever has signed in has a plain hash now.
    expect(database.prepare(wrapped).pluck().all()).not.toContain('ada');
    expect(database.prepare(wrapped).pluck().all()).toContain('edge');
    database.close();
    expect(readFileSync(path).toString('latin1')).not.toMatch(/[0-9a-f]{64}/);
  });
});

describe("MG-1: the original app's own file", () => {
  it('opens: people sign in with their passwords and read everything, in order', async () => {
    const path = join(mkdtempSync(join(root, 'own-')), 'database.db');
    copyFileSync(OWN_FILE, path);
    const written = new Database(path, { readonly: true });
    const chats = written.prepare<[], number>('select chatID from Chats order by 1').pluck().all();
    const texts = written.prepare<[number], string>(
      'select message_text from Messages where chatID = ? order by messageID',
    );
    const expected = new Map(chats.map((chat) => [chat, texts.pluck().all(chat)]));
    const code = written.prepare<[], string>('select code from InviteCodes').pluck().get();
    written.close();

    const server = await start(path);
    const [ada, bob] = [await server.signIn('ada', 'hunter2'), await server.signIn('bob', 'correct horse')];
    for (const [chat, messages] of expected) expect(await textsOf(server, chat, ada)).toEqual(messages);
    expect(await textsOf(server, 1, bob)).toEqual(expected.get(1));
    expect((await server.fetch('/chat/2', { headers: { cookie: bob } })).status).toBe(403);
    for (const [name, password] of [
      ['eve- the second', 'pw'],
      ['naïve', 'x'],
    ] as const) {
      expect([name, await signInStatus(server, name, password)]).toEqual([name, 303]);
    }
    // Invites of the fixture last a week from the day it was written on.
    expect([303, 404]).toContain((await server.fetch(`/invite/${code}`, { headers: { cookie: ada } })).status);
    await server.stop();
  });
});

describe('MG-2: an upgrade', () => {
  it('is made by one of two processes that start together', async () => {
    const path = join(mkdtempSync(join(root, 'two-')), 'database.db');
    originalDatabase(path, ordinary({ users: 30, messages: 1000 }));
    const starts = await Promise.allSettled([start(path), start(path)]);
    const [up] = starts.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (!up) throw new Error(starts.map((one) => one.status === 'rejected' && String(one.reason)).join('\n'));
    const cookie = await up.signIn('user0', 'password of user0');
    expect((await historyOf(up, 1, cookie)).at(-1)).toBe('100 user0: message 991');
    const copies = readdirSync(join(path, '..')).filter((name) => name.includes('original-app'));
    expect(copies).toEqual(['database.db.original-app', 'database.db.original-app.report.txt']);
  });

  it(`is completed by the next start wherever kill -9 ends it (${KILLS} times, CRASH_SEED=${SEED})`, {
    timeout: 60_000 + KILLS * 15_000,
  }, async () => {
    const fixture = join(root, 'fixture.db');
    // Each password takes its time to hash, at every one of the starts.
    originalDatabase(fixture, ordinary({ users: 12, messages: 3000 }));
    const whole = await upgradeOf(fixture);
    const reference = stored(whole.path);
    const moments = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { numRuns: KILLS, seed: SEED });

    let unfinished = 0;
    for (const [index, moment] of moments.entries()) {
      // Some by what has happened to the files, which is most at the ends; some by the time that has passed.
      const byFiles = index % 2 === 0;
      const killed = await upgradeOf(
        fixture,
        byFiles ? { afterChanges: Math.ceil(moment * whole.changes) } : { afterMs: moment * whole.ms },
      );
      if (!isUpgraded(killed.path)) unfinished += 1;
      for (const copy of readdirSync(killed.directory).filter((name) => name.endsWith('.original-app'))) {
        expect(readCount(join(killed.directory, copy))).toBe(3000);
      }
      const server = await start(killed.path);
      await server.stop();
      expect(stored(killed.path)).toEqual(reference);
      expect(filesIn(killed.directory)).toEqual([
        'database.db',
        'database.db.original-app',
        'database.db.original-app.report.txt',
      ]);
      expect(statSync(killed.path).mode & 0o777).toBe(0o600);
      rmSync(killed.directory, { recursive: true });
    }
    expect(unfinished).toBeGreaterThan(0);
  });
});

describe.skipIf(mounting.isMissing)('MG-2, DB-1: on a disk', () => {
  it.each([
    ['without a byte of room for the copy', '2m', true, ['database.db']],
    ['without room for the new database', '330k', false, ['database.db', 'database.db.original-app']],
  ])('%s nothing is changed, and room is all it takes', async (_what, size, isFilled, left) => {
    const disk = aDisk(size);
    const path = join(disk.path, 'database.db');
    originalDatabase(path, ordinary({ users: 20, messages: 2000 }));
    const before = readFileSync(path);
    const makeRoom = isFilled ? disk.fill() : undefined;
    const problem: unknown = await start(path).catch((reason: unknown) => reason);
    const said = String(problem).split('\n').slice(1);
    expect(said.at(-1)).toContain('The disk of DATABASE_URL is full');
    expect(said.filter((line) => !line.startsWith('{'))).toHaveLength(1);
    expect(readFileSync(path)).toEqual(before);
    expect(filesIn(disk.path).filter((name) => name !== 'something-else')).toEqual(left);

    makeRoom?.();
    execFileSync('mount', ['-o', 'remount,size=20m', disk.path]);
    const server = await start(path);
    const cookie = await server.signIn('user0', 'password of user0');
    expect((await historyOf(server, 1, cookie)).at(-1)).toBe('200 user10: message 1991');
  });
});

const filesIn = (directory: string): string[] =>
  readdirSync(directory)
    .filter((name) => !/-(wal|shm|lock|mark)$/.test(name))
    .toSorted();

/** Starts on a copy of the fixture and kills the process then, or else when the upgrade is done. */
async function upgradeOf(fixture: string, when: { afterChanges?: number; afterMs?: number } = {}) {
  const directory = mkdtempSync(join(root, 'kill-'));
  const path = join(directory, 'database.db');
  copyFileSync(fixture, path);
  const begun = performance.now();
  const child = spawn(process.execPath, [bundleOf('main')], {
    env: { PATH: process.env.PATH, PORT: '0', DATABASE_URL: `sqlite:${path}`, ...COMPILED },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let changes = 0;
  let said = '';
  const watcher = watch(directory, () => {
    changes += 1;
    if (changes === when.afterChanges) kill(child);
  });
  const timer = setTimeout(() => kill(child), when.afterMs ?? 60_000);
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (said.includes('upgrade_finished')) kill(child);
  });
  await exited;
  const ms = performance.now() - begun;
  clearTimeout(timer);
  watcher.close();
  return { directory, path, changes, ms };
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
}

function isUpgraded(path: string): boolean {
  const database = new Database(path, { readonly: true });
  const found = database.prepare("select 1 from sqlite_schema where name = 'kysely_migration'").get();
  database.close();
  return found !== undefined;
}

function readCount(copy: string): unknown {
  if (!existsSync(copy)) return undefined;
  const database = new Database(copy, { readonly: true });
  try {
    return database.prepare('select count(*) from Messages').pluck().get();
  } finally {
    database.close();
  }
}
