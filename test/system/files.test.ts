import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aDisk, findMounting } from './mounts.ts';
import { ServerProcess } from './server-process.ts';

const CYCLES = 6;
const MIB = 1024 ** 2;

const directory = mkdtempSync(join(tmpdir(), 'shoal-files-'));
afterAll(() => rmSync(directory, { recursive: true }));

const answer = z.object({ id: z.number(), bytes: z.number() });

const upload = (server: ServerProcess, at: { chatId: number; cookie: string }, bytes: Uint8Array<ArrayBuffer>) =>
  server.fetch(`/chat/${at.chatId}/files`, {
    method: 'POST',
    headers: { cookie: at.cookie, 'x-file-name': 'x', 'content-type': 'application/octet-stream' },
    body: bytes,
  });

/** The keys in the store, each of which must be the digest of what is under it. */
function keysIn(store: string): readonly string[] {
  const folders = readdirSync(store).filter((name) => name !== 'tmp');
  return folders.flatMap((folder) =>
    readdirSync(join(store, folder)).map((name) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(store, folder, name)))
        .digest('hex');
      expect(digest).toBe(name);
      return name;
    }),
  );
}

function namedIn(database: string): ReadonlySet<string> {
  const db = new Database(database, { readonly: true });
  const names = db.prepare<[], string>('select blob from files').pluck().all();
  db.close();
  return new Set(names);
}

it(`CR-1: kill -9 in the middle of uploads loses none that was answered, and stores nothing that no row names (${CYCLES} times)`, {
  timeout: 120_000,
}, async () => {
  const database = join(directory, 'crash.db');
  const env = { DATABASE_URL: `sqlite:${database}` };
  let server = await ServerProcess.start(env);
  const cookie = await server.signIn('ada');
  const chatId = await server.newChat(cookie);
  const answered = new Map<number, Buffer>();
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const running = server;
    const target = answered.size + cycle * 3 + 1;
    const uploadSome = async () => {
      for (;;) {
        const bytes = randomBytes(50_000 + Math.floor(Math.random() * 400_000));
        const response = await upload(running, { chatId, cookie }, new Uint8Array(bytes));
        answered.set(answer.parse(await response.json()).id, bytes);
        if (answered.size >= target) running.child.kill('SIGKILL');
      }
    };
    await Promise.allSettled([uploadSome(), uploadSome(), uploadSome()]);
    await running.exited;
    const named = namedIn(database);
    expect(keysIn(`${database}.files`).filter((key) => !named.has(key))).toEqual([]);
    server = await ServerProcess.start(env);
  }
  for (const [id, bytes] of answered) {
    const response = await server.fetch(`/files/${id}/x`, { headers: { cookie } });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  }
  await server.stop();
});

const mounting = findMounting();

describe.skipIf(mounting.isMissing)('a full disk', () => {
  it('refuses a file with 507, keeps nothing of it, and goes on once there is room', async () => {
    const disk = aDisk('2m');
    const server = await ServerProcess.start({
      DATABASE_URL: `sqlite:${join(directory, 'full.db')}`,
      FILES_URL: `disk:${join(disk.path, 'files')}`,
    });
    const cookie = await server.signIn('ada');
    const at = { chatId: await server.newChat(cookie), cookie };
    expect((await upload(server, at, new Uint8Array(3 * MIB))).status).toBe(507);
    expect([keysIn(join(disk.path, 'files')), readdirSync(join(disk.path, 'files', 'tmp'))]).toEqual([[], []]);
    expect((await upload(server, at, new Uint8Array(MIB))).status).toBe(201);
    await server.stop();
  });
});
