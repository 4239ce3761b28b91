import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CrashClient } from './crash-client.ts';
import { run } from './database-command.ts';
import { say, startOn, textsOf } from './fault-server.ts';
import { ServerProcess } from './server-process.ts';

const root = mkdtempSync(join(tmpdir(), 'shoal-backup-'));
afterAll(() => rmSync(root, { recursive: true }));

const aDirectory = (): string => mkdtempSync(join(root, 'test-'));

function integrityOf(path: string): unknown {
  const database = new Database(path, { readonly: true });
  onTestFinished(() => void database.close());
  return database.pragma('integrity_check', { simple: true });
}

describe('BK-1: a backup of a server under load', () => {
  it('holds all that was acknowledged before it began, and restores to a server that has it', async () => {
    const directory = aDirectory();
    const path = join(directory, 'chat.db');
    const server = await startOn(path);
    const names = ['ada', 'bob', 'cyd'];
    const cookies = await Promise.all(names.map((name) => server.signIn(name)));
    const [owner = '', ...others] = cookies;
    const chatId = await server.newChat(owner, ...others);
    let shown = 0;
    const enough = Promise.withResolvers<void>();
    const onShown = () => {
      shown += 1;
      if (shown === 3_000) enough.resolve();
    };
    const clients = names.map((name) => new CrashClient({ name, onShown }));
    for (const [n, client] of clients.entries()) client.connect(server.socketUrl(chatId), cookies[n] ?? '');
    await enough.promise;

    const acknowledged = clients.flatMap((client) => [...client.acknowledged.keys()]);
    const before = shown;
    const file = join(directory, 'backup.db');
    expect(await run('backup', path, file)).toEqual({
      code: 0,
      out: [expect.stringContaining('3 people, 1 chats')],
      err: [],
    });
    expect(shown).toBeGreaterThan(before);
    await Promise.all(clients.map((client) => client.finish()));
    for (const client of clients) {
      expect(client.broken).toEqual([]);
      client.disconnect();
    }
    await server.stop();

    const restored = join(directory, 'restored.db');
    expect(await run('restore', restored, file)).toMatchObject({ code: 0, err: [] });
    expect(integrityOf(restored)).toBe('ok');
    const database = new Database(restored, { readonly: true });
    const stored = database.prepare<[], string>('select client_id from messages where client_id is not null').pluck();
    const kept = new Set(stored.all());
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    database.close();
    const after = await startOn(restored);
    expect((await textsOf(after, chatId, owner)).length).toBe(100);
  });
});

describe('npm run backup', () => {
  const directory = aDirectory();
  const path = join(directory, 'chat.db');
  let server: ServerProcess;
  let cookie = '';
  let chatId = 0;
  let invite = '';

  beforeAll(async () => {
    server = await ServerProcess.start({ DATABASE_URL: `sqlite:${path}` });
    cookie = await server.signIn('ada', 'correct horse battery');
    chatId = await server.newChat(cookie);
    const made = await server.fetch(`/create_invite/${chatId}`, { method: 'POST', headers: { cookie } });
    invite = ((await made.json()) as { code: string }).code;
    await say(server, chatId, cookie, 'ahoy');
  });
  afterAll(() => server.stop());

  it('SE-2: holds no token, and neither do the database and its log; nor passwords and invites', async () => {
    const file = join(directory, 'secrets.db');
    await run('backup', path, file);
    const [, token = ''] = cookie.split('=');
    for (const name of [path, `${path}-wal`, file]) {
      const bytes = readFileSync(name);
      for (const secret of [token, invite, 'correct horse battery']) expect(bytes.includes(secret)).toBe(false);
    }
    expect(readFileSync(file).includes('ahoy')).toBe(true);
  });

  it('LG-3: is one file that only its owner can read, and leaves nothing else', async () => {
    const place = join(directory, 'alone');
    mkdirSync(place);
    expect((await run('backup', path, join(place, 'chat.db'))).code).toBe(0);
    expect(readdirSync(place)).toEqual(['chat.db']);
    expect(statSync(join(place, 'chat.db')).mode & 0o777).toBe(0o600);
  });

  it('writes over nothing unless told to, and never over the database', async () => {
    const file = join(directory, 'there.txt');
    writeFileSync(file, 'notes');
    const refused = await run('backup', path, file);
    expect(refused).toEqual({ code: 1, out: [], err: [expect.stringContaining('--replace was not given')] });
    expect(readFileSync(file, 'utf8')).toBe('notes');
    expect((await run('backup', path, '--replace', file)).code).toBe(0);
    expect(integrityOf(file)).toBe('ok');

    symlinkSync(path, join(directory, 'link.db'));
    for (const itself of [path, join(directory, 'link.db')]) {
      const outcome = await run('backup', path, '--replace', itself);
      expect(outcome).toEqual({ code: 1, out: [], err: [expect.stringContaining('is the database itself')] });
    }
  });

  it.each([
    ['no file', 2, 'npm run backup -- [--replace] FILE', () => [path] as const],
    ['two files', 2, 'npm run backup', () => [path, 'a', 'b'] as const],
    ['an unknown option', 2, 'npm run backup', () => [path, '--quick', 'a'] as const],
    ['a store that is not kept', 2, 'memory:', () => ['memory:', 'a'] as const],
    ['another database', 2, 'pg_dump', () => ['postgres://localhost/shoal', 'a'] as const],
    ['a bad DATABASE_URL', 1, 'DATABASE_URL', () => ['mysql://x', 'a'] as const],
    ['no database', 1, 'There is no file', () => [join(directory, 'none.db'), join(directory, 'x')] as const],
    ['no directory', 1, 'There is no directory', () => [path, join(directory, 'none', 'x')] as const],
  ])('says in one line what is wrong: %s', async (_what, code, reason, command) => {
    const [database, ...args]: readonly string[] = command();
    expect(await run('backup', database ?? '', ...args)).toEqual({
      code,
      out: [],
      err: [expect.stringContaining(reason)],
    });
  });

  it('keeps no copy of a damaged database, and nothing of the one it began', async () => {
    const place = aDirectory();
    const damaged = join(place, 'damaged.db');
    await run('backup', path, damaged);
    const bytes = readFileSync(damaged);
    bytes.fill(0xa5, 3 * 4_096, 6 * 4_096);
    writeFileSync(damaged, bytes);
    const outcome = await run('backup', damaged, join(place, 'copy.db'));
    expect(outcome).toMatchObject({ code: 1, out: [], err: [expect.stringMatching(/damaged|malformed/)] });
    expect(readdirSync(place).filter((name) => name.startsWith('copy'))).toEqual([]);
  });
});
