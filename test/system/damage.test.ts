import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findComponent } from '../components.ts';
import { eventsOf, reasonNotToStart, startOn } from './fault-server.ts';
import { findMounting } from './mounts.ts';
import { ServerProcess } from './server-process.ts';

const PAGE = 4_096;
const directory = mkdtempSync(join(tmpdir(), 'shoal-damage-'));
/** What the others are copies of: a chat with 200 long messages, of a server that was stopped. */
const good = join(directory, 'good.db');
let cookie = '';
let chatId = 0;

beforeAll(async () => {
  const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${good}` });
  cookie = await server.signIn('ada');
  chatId = await server.newChat(cookie);
  const headers = { cookie, 'content-type': 'text/plain' };
  const path = `/chat/${chatId}/messages`;
  for (let n = 0; n < 200; n += 1) await server.fetch(path, { method: 'POST', headers, body: `${n} `.repeat(500) });
  await server.stop();
});
afterAll(() => rmSync(directory, { recursive: true }));

function copyOfGood(name: string): string {
  const path = join(directory, name);
  cpSync(good, path);
  return path;
}

/** The pages that hold messages, without those that only lead to them. */
function messagePages(path: string): readonly number[] {
  const database = new Database(path, { readonly: true });
  const find = database.prepare<[], number>("select pageno from dbstat where name = 'messages' and pagetype = 'leaf'");
  const pages = find.pluck().all();
  database.close();
  return pages;
}

function overwrite(path: string, at: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, at);
  closeSync(file);
}

describe('DB-3: a file that is damaged', () => {
  it.each([
    ['the magic of the header', (path: string) => overwrite(path, 0, 16), 'no database'],
    ['the whole header', (path: string) => overwrite(path, 0, 100), 'no database'],
    ['the page of the schema', (path: string) => overwrite(path, 100, PAGE - 100), 'damaged'],
    [
      'a page of messages',
      (path: string) => overwrite(path, ((messagePages(path)[20] ?? 0) - 1) * PAGE, PAGE),
      'damaged',
    ],
    ['its end', (path: string) => truncateSync(path, 10 * PAGE), 'damaged'],
  ])('stops the start with one line and stays as it is: %s', async (name, damage, reason) => {
    const path = copyOfGood(`${name.replaceAll(' ', '-')}.db`);
    damage(path);
    const before = readFileSync(path);
    expect(await reasonNotToStart(path)).toContain(reason);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('and is met only later: what needs the page is answered with 500 and logged, and the rest goes on', async () => {
    const path = copyOfGood('later.db');
    const pages = messagePages(path);
    const server = await startOn(path);
    for (const page of pages.slice(0, -5)) overwrite(path, (page - 1) * PAGE, PAGE);
    const read = (query: string) => server.fetch(`/chat/${chatId}/messages?limit=1${query}`, { headers: { cookie } });
    expect((await read('&before=20')).status).toBe(500);
    expect((await read('')).status).toBe(200);
    expect((await server.fetch('/status')).status).toBe(200);
    expect(eventsOf(server)).toContain('request_failed');
    expect(server.lines.join('\n')).toContain('SQLITE_CORRUPT');
  });
});

const isMissing = findComponent('unshare').isMissing || findMounting().isMissing;

describe.skipIf(isMissing)('DB-3: a file that cannot be written', () => {
  /** The process sees this path, and what is beneath it, as on a disk that is mounted for reading only. */
  const readOnly = (path: string): string[] => {
    const script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';
    return ['unshare', '--mount', 'sh', '-c', script, path];
  };

  it('itself: stops the start with one line', async () => {
    const path = copyOfGood('unwritable.db');
    const before = readFileSync(path);
    const reason = await reasonNotToStart(path, { under: readOnly(path) });
    expect(reason).toContain('The file or the directory of DATABASE_URL cannot be written');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('nor its directory: stops the start with one line, whether the file is there or not', async () => {
    const under = readOnly(directory);
    const reasons = [
      [copyOfGood('in-unwritable.db'), 'The file or the directory of DATABASE_URL cannot be written'],
      [join(directory, 'absent.db'), 'The file or the directory of DATABASE_URL cannot be written'],
      [join(directory, 'new', 'absent.db'), 'The directory of DATABASE_URL does not exist and cannot be made'],
    ] as const;
    const said = await Promise.all(reasons.map(([path]) => reasonNotToStart(path, { under })));
    expect(said).toEqual(reasons.map(([, reason]) => expect.stringContaining(reason)));
  });
});
