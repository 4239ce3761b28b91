import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './database-command.ts';
import { say, startOn, textsOf } from './fault-server.ts';
import { ServerProcess } from './server-process.ts';

const root = mkdtempSync(join(tmpdir(), 'shoal-restore-'));
afterAll(() => rmSync(root, { recursive: true }));
const backup = join(root, 'backup.db');
/** A database that was killed, so that its log is beside it; it is the backup's, and somebody said more since. */
const killed = join(root, 'killed.db');
let cookie = '';
let chatId = 0;

beforeAll(async () => {
  const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${killed}` });
  cookie = await server.signIn('ada');
  chatId = await server.newChat(cookie);
  await say(server, chatId, cookie, 'before');
  await run('backup', killed, backup);
  await say(server, chatId, cookie, 'after');
  await server.stop('SIGKILL');
});

/** A copy of the database that was killed, in a directory of its own. */
function aDatabase(): { directory: string; path: string } {
  const directory = mkdtempSync(join(root, 'test-'));
  const path = join(directory, 'chat.db');
  for (const suffix of ['', '-wal', '-shm']) cpSync(killed + suffix, path + suffix);
  return { directory, path };
}

async function textsIn(path: string): Promise<string[]> {
  const server = await startOn(path);
  const texts = await textsOf(server, chatId, cookie);
  await server.stop();
  return texts;
}

describe('npm run restore', () => {
  it('makes a database where there is none, for its owner only', async () => {
    const path = join(root, 'new', 'chat.db');
    const { code, out, err } = await run('restore', path, backup);
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toEqual([
      expect.stringMatching(/is restored and intact: 1 people, 1 chats, 1 messages, the last of .*Z/),
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'new')).mode & 0o777).toBe(0o700);
    expect(await textsIn(path)).toEqual(['before']);
  });

  it('replaces a database only when told to, and moves it aside with its log, whole', async () => {
    const { directory, path } = aDatabase();
    const refused = await run('restore', path, backup);
    expect(refused).toEqual({ code: 1, out: [], err: [expect.stringContaining('--replace was not given')] });

    const { code, out } = await run('restore', path, '--replace', backup);
    expect(code).toBe(0);
    const [, aside = ''] = /The database that was there is (.+) now/.exec(out[0] ?? '') ?? [];
    expect(readdirSync(directory).sort()).toEqual(
      ['chat.db', 'chat.db-lock', aside, `${aside}-wal`].map((name) => name.replace(`${directory}/`, '')).sort(),
    );
    expect(await textsIn(path)).toEqual(['before']);
    expect(await textsIn(aside)).toEqual(['before', 'after']);
  });

  it('takes no chances with a server that runs', async () => {
    const { path } = aDatabase();
    const server = await startOn(path);
    const refused = await run('restore', path, '--replace', backup);
    expect(refused).toEqual({
      code: 1,
      out: [],
      err: [expect.stringContaining('Another process has the database open')],
    });
    expect(await textsOf(server, chatId, cookie)).toEqual(['before', 'after']);
  });

  it.each([
    ['no database', (file: string) => writeFileSync(file, 'notes '.repeat(1_000)), 'not a database'],
    [
      'a database of another program',
      (file: string) => void new Database(file).exec('create table a (b)').close(),
      'of another program',
    ],
    ['a database of a newer version', (file: string) => beNewer(file), 'of a newer version'],
    ['a damaged database', (file: string) => damage(file), 'damaged'],
    ['nothing', () => undefined, 'There is no file'],
  ])('changes nothing when it is given %s', async (_what, make, reason) => {
    const { directory, path } = aDatabase();
    const before = readFileSync(path);
    const file = join(mkdtempSync(join(root, 'given-')), 'file.db');
    make(file);
    expect(await run('restore', path, '--replace', file)).toMatchObject({
      code: 1,
      err: [expect.stringContaining(reason)],
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(directory).sort()).toEqual(['chat.db', 'chat.db-lock', 'chat.db-shm', 'chat.db-wal']);
  });

  it.each([
    ['before anything was moved', () => undefined],
    ['with the database moved and its log still there', (path: string, aside: string) => renameSync(path, aside)],
    [
      'with all moved and nothing in its place',
      (path: string, aside: string) => {
        for (const suffix of ['', '-wal']) renameSync(path + suffix, aside + suffix);
      },
    ],
  ])('killed once its copy is ready, is completed by the next start: %s', async (_when, move) => {
    const { path } = aDatabase();
    cpSync(backup, `${path}-restoring`);
    const stamp = statSync(`${path}-restoring`).mtime.toISOString().replaceAll(/[-:.]/g, '');
    const aside = `${path}.before-${stamp}`;
    move(path, aside);
    expect(await textsIn(path)).toEqual(['before']);
    expect(existsSync(`${path}-restoring`)).toBe(false);
    expect(await textsIn(aside)).toEqual(['before', 'after']);
  });

  it('BK-1: takes no more commands than the documents say', async () => {
    const { path } = aDatabase();
    const file = join(root, 'documented.db');
    expect((await run('backup', path, file)).code).toBe(0);
    expect((await run('restore', path, '--replace', file)).code).toBe(0);
    expect(await textsIn(path)).toEqual(['before', 'after']);
  });
});

function beNewer(file: string): void {
  cpSync(backup, file);
  const database = new Database(file);
  database.prepare('insert into kysely_migration values (?, ?)').run('999-later', 'now');
  database.close();
}

function damage(file: string): void {
  const bytes = readFileSync(backup);
  bytes.fill(0xa5, 8 * 4_096, 9 * 4_096);
  writeFileSync(file, bytes);
}
