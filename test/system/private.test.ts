import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findComponent } from '../components.ts';
import { say, startOn, textsOf } from './fault-server.ts';
import { findMounting } from './mounts.ts';

const root = mkdtempSync(join(tmpdir(), 'shoal-private-'));
afterAll(() => rmSync(root, { recursive: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('LG-3: what the server makes', () => {
  it('is for nobody else to read: the directory, the database, its log and its lock', async () => {
    const directory = join(root, 'made', 'for-it');
    const server = await startOn(join(directory, 'chat.db'));
    await server.signIn('ada');
    const modes = Object.fromEntries(readdirSync(directory).map((name) => [name, modeOf(join(directory, name))]));
    expect(modes).toEqual({
      'chat.db': '600',
      'chat.db-lock': '600',
      'chat.db-mark': '600',
      'chat.db-shm': '600',
      'chat.db-wal': '600',
    });
    expect([modeOf(directory), modeOf(join(root, 'made'))]).toEqual(['700', '700']);
  });

  it('closes a database that others could read, and leaves the mode of a directory that was there', async () => {
    const directory = join(root, 'open');
    mkdirSync(directory);
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, 'chat.db'), '', { mode: 0o644 });
    const server = await startOn(join(directory, 'chat.db'));
    await server.signIn('ada');
    expect(['chat.db', 'chat.db-wal'].map((name) => modeOf(join(directory, name)))).toEqual(['600', '600']);
    expect(modeOf(directory)).toBe('755');
  });
});

const [unshare, setpriv] = ['unshare', 'setpriv'].map(findComponent);
const isMissing = unshare?.isMissing || setpriv?.isMissing || findMounting().isMissing;

describe.skipIf(isMissing)('LG-3: on a root file system that can only be read, without any privilege', () => {
  it('the server needs its data directory and nothing else', async () => {
    const directory = join(root, 'data');
    mkdirSync(directory);
    const script = [
      'mount --bind "$0" "$0"',
      'mount -o remount,bind,ro /',
      'exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"',
    ].join(' && ');
    const server = await startOn(join(directory, 'chat.db'), {
      under: ['unshare', '--mount', 'sh', '-c', script, directory],
    });
    const cookie = await server.signIn('ada');
    const chatId = await server.newChat(cookie);
    expect((await say(server, chatId, cookie, 'ahoy')).status).toBe(201);
    expect(await textsOf(server, chatId, cookie)).toEqual(['ahoy']);
    expect((await server.fetch('/', { headers: { cookie, accept: 'text/html' } })).status).toBe(200);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });
});
