import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { findComponent } from '../components.ts';
import { run } from './database-command.ts';
import { reasonNotToStart, startOn } from './fault-server.ts';
import { findMounting } from './mounts.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'shoal-place-')));
afterAll(() => rmSync(root, { recursive: true }));

const aDirectory = (): string => mkdtempSync(join(root, 'test-'));

/** All that a start could have changed: names, kinds, modes and bytes. */
function snapshot(directory: string): unknown {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const found = lstatSync(join(directory, name));
      const bytes = found.isFile() ? readFileSync(join(directory, name), 'base64') : undefined;
      return [name, found.mode.toString(8), found.ino, bytes];
    });
}

function foreign(path: string, ...statements: readonly string[]): void {
  const database = new Database(path);
  for (const statement of statements) database.exec(statement);
  database.close();
  chmodSync(path, 0o644);
}

describe('what DATABASE_URL names and is no database of ours is refused for what it is, and stays as it is', () => {
  it.each<[string, (path: string) => unknown, RegExp]>([
    ['a directory', (path) => mkdirSync(path, 0o755), /DATABASE_URL names a directory\. .* name a file in it/],
    ['a pipe', (path) => execFileSync('mkfifo', [path]), /DATABASE_URL does not name a file\. .* is a pipe/],
    [
      'a socket',
      async (path) => {
        const server = createServer().listen(path);
        onTestFinished(() => void server.close());
        await once(server, 'listening');
      },
      /DATABASE_URL does not name a file\. .* is a socket/,
    ],
    ['a device', (path) => symlinkSync('/dev/null', path), /DATABASE_URL does not name a file\. .*null is a device/],
    ['a link to itself', (path) => symlinkSync(path, path), /DATABASE_URL names a link that leads nowhere/],
    ['a link to a directory', (path) => symlinkSync('.', path), /DATABASE_URL names a directory/],
    ['a text', (path) => writeFileSync(path, 'x'.repeat(5000), { mode: 0o644 }), /names a file that is no database/],
    ['one byte', (path) => writeFileSync(path, '\n', { mode: 0o644 }), /names a file that is no database/],
    ['another program’s database', (path) => foreign(path, 'create table users (id)'), /database of another program/],
    [
      'another program’s database with a write-ahead log',
      (path) => foreign(path, 'pragma journal_mode = wal', 'create table users (id)'),
      /database of another program/,
    ],
    [
      'a link to another program’s database',
      (path) => {
        foreign(join(path, '..', 'other'), 'create table users (id)');
        symlinkSync('other', path);
      },
      /database of another program/,
    ],
  ])('%s', async (_what, make, reason) => {
    const directory = aDirectory();
    const path = join(directory, 'chat.db');
    await make(path);
    const before = snapshot(directory);
    expect(await reasonNotToStart(path)).toMatch(reason);
    expect(snapshot(directory)).toEqual(before);
    const restored = await run('restore', path, '--replace', join(root, 'no-backup.db'));
    expect([restored.code, restored.err.length]).toEqual([1, 1]);
  });

  it('a path that ends with a slash', async () => {
    const path = `${join(aDirectory(), 'data')}/`;
    expect(await reasonNotToStart(path)).toContain('DATABASE_URL names a directory');
  });

  it('a file that is not there, with mode=rw', async () => {
    const directory = aDirectory();
    expect(await reasonNotToStart(`${join(directory, 'new', 'chat.db')}?mode=rw`)).toContain('There is no file');
    expect(snapshot(directory)).toEqual([]);
  });
});

const isMissing = findComponent('unshare').isMissing || findMounting().isMissing;

describe.skipIf(isMissing)('a database file that is a mount point of its own', () => {
  /** The process sees the file at both paths, as in a container into which only the file was mounted. */
  const mounted = (file: string, at: string): string[] => {
    const script = 'mount --bind "$0" "$1" && shift && exec "$@"';
    return ['unshare', '--mount', 'sh', '-c', script, file, at];
  };

  it.each(['chat.db', 'my chat\\1.db'])('is refused before its log could be lost: %s', async (name) => {
    const [host, container] = [aDirectory(), aDirectory()];
    const server = await startOn(join(host, 'chat.db'));
    await server.signIn('ada');
    await server.stop();
    writeFileSync(join(container, name), '');
    const before = [snapshot(host), snapshot(container)];
    for (const path of [join(container, name), join(container, 'link')]) {
      if (path.endsWith('link')) symlinkSync(name, path);
      const under = mounted(join(host, 'chat.db'), join(container, name));
      const reason = await reasonNotToStart(path, { under });
      expect(reason).toContain('DATABASE_URL names a file that is mounted by itself');
      expect(reason).toContain(`Mount its directory instead, ${container}`);
      rmSync(join(container, 'link'), { force: true });
      expect([snapshot(host), snapshot(container)]).toEqual(before);
    }
  });

  it('is served when its directory is mounted', async () => {
    const [host, container] = [aDirectory(), aDirectory()];
    const server = await startOn(join(container, 'chat.db'), { under: mounted(host, container) });
    await server.signIn('ada');
    expect(readdirSync(host)).toContain('chat.db-wal');
  });
});
