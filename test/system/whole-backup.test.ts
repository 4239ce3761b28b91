import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findS3Server, S3Server } from '../s3/s3-server.ts';
import { run } from './database-command.ts';
import { bundleOf, COMPILED } from './programs.ts';
import { ServerProcess } from './server-process.ts';

const root = mkdtempSync(join(tmpdir(), 'shoal-whole-'));
afterAll(() => rmSync(root, { recursive: true }));
const aDirectory = () => mkdtempSync(join(root, 'test-'));

const answer = z.object({ id: z.number(), position: z.number().optional() });

async function aChat(server: ServerProcess) {
  const cookie = await server.signIn('ada');
  const chatId = await server.newChat(cookie);
  const send = async (bytes: Uint8Array<ArrayBuffer>) => {
    const headers = { cookie, 'x-file-name': 'x' };
    const staged = await server.fetch(`/chat/${chatId}/files`, { method: 'POST', headers, body: bytes });
    const { id } = answer.parse(await staged.json());
    const sent = await server.fetch(`/chat/${chatId}/messages`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ files: [id] }),
    });
    return { id, at: `/chat/${chatId}/messages/${answer.parse(await sent.json()).position}` };
  };
  return { cookie, chatId, send };
}

const someBytes = (length: number) => new Uint8Array(randomBytes(length));

/** The keys that rows of messages name, and those in a directory, each with the bytes of its digest. */
const namedIn = (database: string): readonly string[] => {
  const db = new Database(database, { readonly: true });
  const keys = db.prepare<[], string>('select distinct blob from files where position is not null').pluck().all();
  db.close();
  return keys.toSorted();
};
const pathIn = (store: string, key: string) => join(store, key.slice(0, 2), key);
const isWhole = (path: string, key: string) =>
  existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === key;
const keysIn = (store: string) =>
  readdirSync(store)
    .filter((name) => name !== 'tmp')
    .flatMap((folder) => readdirSync(join(store, folder)))
    .toSorted();

/** Four files of a server that was stopped. */
let filled: { readonly directory: string; readonly keys: readonly string[] };
beforeAll(async () => {
  const directory = aDirectory();
  const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(directory, 'chat.db')}` });
  const { send } = await aChat(server);
  for (const length of [0, 1_000, 200_000, 300_000]) await send(someBytes(length));
  await server.stop();
  filled = { directory, keys: namedIn(join(directory, 'chat.db')) };
});

function aCopy() {
  const directory = aDirectory();
  cpSync(filled.directory, directory, { recursive: true });
  return { directory, path: join(directory, 'chat.db'), store: join(directory, 'chat.db.files') };
}

const keyAt = (n: number) => filled.keys[n] ?? '';

describe('a backup of a directory', () => {
  it('has the database and every file that it names, under load, and copies only what is new the next time', async () => {
    const directory = aDirectory();
    const path = join(directory, 'chat.db');
    const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${path}` });
    const { cookie, send } = await aChat(server);
    for (let n = 0; n < 30; n += 1) await send(someBytes(20_000));
    const load = { isOn: true };
    const working = [1, 2, 3].map(async () => {
      while (load.isOn) {
        const { at } = await send(someBytes(50_000));
        if (Math.random() < 0.7) await server.fetch(at, { method: 'DELETE', headers: { cookie } });
      }
    });
    const backup = join(directory, 'backup');
    for (let n = 0; n < 3; n += 1) {
      const { code, out, err } = await run('backup', path, backup);
      expect({ code, err }).toEqual({ code: 0, err: [] });
      expect(out).toEqual([
        expect.stringMatching(/1 people, 1 chats.*; and \d+ files in \d+ bytes, of which \d+ were/),
      ]);
      const named = namedIn(join(backup, 'database.db'));
      expect(named.filter((key) => !isWhole(pathIn(join(backup, 'files'), key), key))).toEqual([]);
    }
    load.isOn = false;
    await Promise.all(working);
    await server.stop();
    await run('backup', path, backup);
    expect((await run('backup', path, backup)).out[0]).toContain('of which 0 were copied now');
    // Nothing of what was deleted stays.
    const all = new Database(path, { readonly: true });
    const keys = all.prepare<[], string>('select distinct blob from files').pluck().all().toSorted();
    all.close();
    expect(keysIn(join(backup, 'files'))).toEqual(keys);
  });

  it('says what a copy of the database alone does not have', async () => {
    const { directory, path } = aCopy();
    const { code, out } = await run('backup', path, join(directory, 'alone.db'));
    expect([code, out[1]]).toEqual([
      0,
      'It does not have the 4 files that people sent, of 501000 bytes: name a directory.',
    ]);
  });

  it('is made as far as it goes where the store has lost something, and says what', async () => {
    const { directory, path, store } = aCopy();
    rmSync(pathIn(store, keyAt(0)));
    writeFileSync(pathIn(store, keyAt(1)), 'other');
    const { code, err } = await run('backup', path, join(directory, 'backup'));
    expect(code).toBe(1);
    expect(err.join('\n')).toContain(keyAt(0));
    expect(err.join('\n')).toContain(keyAt(1));
    expect(err.at(-1)).toMatch(/^The backup failed: .* 2 that it names are missing or damaged/);
    expect(keysIn(join(directory, 'backup', 'files'))).toEqual(filled.keys.slice(2));
  });

  it('touches no directory of others', async () => {
    const { path } = aCopy();
    const other = aDirectory();
    writeFileSync(join(other, 'mine.txt'), 'mine');
    expect((await run('backup', path, other)).code).toBe(1);
    expect(readdirSync(other)).toEqual(['mine.txt']);
  });

  it('restores to a server that has all files', async () => {
    const { directory, path } = aCopy();
    await run('backup', path, join(directory, 'backup'));
    const restored = join(aDirectory(), 'new.db');
    const { code, out } = await run('restore', restored, join(directory, 'backup'));
    expect([code, out.at(-1)]).toEqual([0, 'Files that were not there and are copied: 4.']);
    expect(keysIn(`${restored}.files`)).toEqual(filled.keys);
    expect((await run('doctor', restored)).code).toBe(0);
  });

  it.each(['damaged', 'missing'])('whose file is %s is not restored, and everything stays as it was', async (fault) => {
    const { directory, path, store } = aCopy();
    const backup = join(directory, 'backup');
    await run('backup', path, backup);
    const bad = pathIn(join(backup, 'files'), keyAt(2));
    if (fault === 'missing') rmSync(bad);
    // One of the files is empty.
    else writeFileSync(bad, someBytes(readFileSync(bad).length || 1));
    rmSync(pathIn(store, keyAt(1)));
    const before = readFileSync(path);
    const { code, err } = await run('restore', path, '--replace', backup);
    expect([code, err.length]).toEqual([1, 1]);
    expect(err[0]).toContain(`${keyAt(2)} (file `);
    expect(err[0]).toContain(`is ${fault}`);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(pathIn(store, keyAt(1)))).toBe(false);
  });
});

describe('npm run doctor', () => {
  it('tells what is wrong with the store, and mends what can be', async () => {
    const { directory, path, store } = aCopy();
    const backup = join(directory, 'backup');
    await run('backup', path, backup);
    expect(await run('doctor', path)).toMatchObject({
      code: 0,
      out: [expect.stringMatching(/^The database names 4 blobs in disk:.*: 0 faults, 0 left\.$/)],
    });
    const orphan = createHash('sha256').update('orphan').digest('hex');
    mkdirSync(join(store, orphan.slice(0, 2)), { recursive: true });
    writeFileSync(pathIn(store, orphan), 'orphan');
    const [missing, damaged] = filled.keys.filter((key) => readFileSync(pathIn(store, key)).length > 100_000);
    const short = filled.keys.find((key) => readFileSync(pathIn(store, key)).length === 1_000) ?? '';
    const big = readFileSync(pathIn(store, damaged ?? ''));
    big[7] = (big[7] ?? 0) ^ 1;
    writeFileSync(pathIn(store, damaged ?? ''), big);
    rmSync(pathIn(store, missing ?? ''));
    truncateSync(pathIn(store, short), 10);

    const told = await run('doctor', path);
    expect(told.code).toBe(3);
    expect(told.out.slice(0, -1).toSorted()).toEqual([
      expect.stringMatching(new RegExp(`^damaged: files/../${damaged} `)),
      expect.stringMatching(new RegExp(`^missing: files/../${missing} `)),
      `orphaned: ${orphan}, which nothing has`,
      expect.stringMatching(new RegExp(`^wrong size: files/../${short} `)),
    ]);
    expect((await run('doctor', path, '--quick')).out.at(-1)).toContain('3 faults, 3 left');
    expect((await run('doctor', path, '--mend')).out.at(-1)).toContain('4 faults, 3 left');
    expect(existsSync(pathIn(store, orphan))).toBe(false);
    const mended = await run('doctor', path, '--mend', '--from', backup);
    expect([mended.code, mended.out.at(-1)]).toEqual([0, expect.stringContaining('3 faults, 0 left')]);
    expect((await run('doctor', path)).code).toBe(0);
    expect((await run('doctor', path, '--wrong')).code).toBe(2);
  });
});

describe('pictures of people and chats', () => {
  it('are in a backup and in what is restored, and come back by the doctor', async () => {
    const directory = aDirectory();
    const path = join(directory, 'chat.db');
    const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${path}` });
    const { cookie, chatId } = await aChat(server);
    const image = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#3a8' } })
      .png()
      .toBuffer();
    for (const at of ['/account/picture', `/chat/${chatId}/picture`]) {
      const sent = await server.fetch(at, { method: 'PUT', headers: { cookie }, body: new Uint8Array(image) });
      expect(sent.status).toBe(200);
    }
    await server.stop();
    const backup = join(directory, 'backup');
    expect((await run('backup', path, backup)).code).toBe(0);
    const keys = keysIn(join(backup, 'files'));
    expect(keys).toEqual(keysIn(`${path}.files`));
    expect(keys).toHaveLength(3);
    const restored = join(aDirectory(), 'chat.db');
    expect((await run('restore', restored, backup)).code).toBe(0);
    expect((await run('doctor', restored)).out.at(-1)).toContain('names 6 blobs');
    const lost = keys[0] ?? '';
    rmSync(pathIn(`${restored}.files`, lost));
    expect((await run('doctor', restored)).out.slice(0, -1).toSorted()).toEqual(
      ['chat 1', 'user 1'].map((owner) => `missing: files/${lost.slice(0, 2)}/${lost} (picture of ${owner})`),
    );
    const mended = await run('doctor', restored, '--mend', '--from', backup);
    expect([mended.code, keysIn(`${restored}.files`)]).toEqual([0, keys]);
  });
});

const s3 = findS3Server();

describe.skipIf(s3.isMissing)('npm run move', () => {
  const move = (...args: string[]) => {
    const env = { PATH: process.env.PATH, ...COMPILED };
    return spawn(process.execPath, [bundleOf('move'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  };

  it('copies files to a bucket and back, and goes on after kill -9', async () => {
    const bucket = await S3Server.start(s3.path);
    const [from, back] = [aDirectory(), aDirectory()];
    for (let n = 0; n < 150; n += 1) {
      const bytes = someBytes(2_000 + n);
      const key = createHash('sha256').update(bytes).digest('hex');
      mkdirSync(join(from, key.slice(0, 2)), { recursive: true });
      writeFileSync(pathIn(from, key), bytes);
    }
    const killed = move(`disk:${from}`, bucket.url('f'));
    killed.stderr.on('data', (line) => {
      if (/ [3-9]\d % of 150 files/.test(String(line))) killed.kill('SIGKILL');
    });
    await text(killed.stdout);
    const again = move(`disk:${from}`, bucket.url('f'));
    const [said, shown] = await Promise.all([text(again.stdout), text(again.stderr)]);
    const [, copied] = /Copied (\d+) of 150 files/.exec(said) ?? [];
    expect([Number(copied) > 0, Number(copied) < 120]).toEqual([true, true]);
    expect(said + shown).not.toMatch(/e%2B|s\/e/);
    const home = move(bucket.url('f'), `disk:${back}`);
    expect(await text(home.stdout)).toContain('Copied 150 of 150 files');
    expect(keysIn(back)).toEqual(keysIn(from));
    expect(keysIn(back).every((key) => isWhole(pathIn(back, key), key))).toBe(true);
    await bucket.stop();
  });
});
