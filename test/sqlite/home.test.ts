import { copyFileSync, cpSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { backUp } from '../../src/adapters/sqlite/backup/backup.ts';
import { restore } from '../../src/adapters/sqlite/backup/restore.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import type { Installation } from '../../src/domain/installation.ts';
import { insertChat, insertUser } from '../builders.ts';
import { recordingLog } from '../fakes.ts';
import { makeOlderDatabase } from './older-database.ts';

const root = mkdtempSync(join(tmpdir(), 'shoal-home-'));
afterAll(() => rmSync(root, { recursive: true }));

const aPlace = () => join(mkdtempSync(join(root, 'test-')), 'chat.db');
const open = (path: string) => openSqliteStorage(path, recordingLog());

/** Opens the database, does something with it, and closes it, as a clean stop does. */
async function serve(path: string, use: (storage: Storage) => Promise<void> = async () => {}): Promise<Installation> {
  const storage = await open(path);
  await use(storage);
  await storage.close();
  return storage.installation;
}

/** The files as they are while the server runs, or after it was killed. They can be copied while it goes on. */
function copyFiles(from: string, to: string): void {
  for (const suffix of ['', '-wal']) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
  for (const suffix of ['-wal', '-shm']) if (!existsSync(from + suffix)) rmSync(to + suffix, { force: true });
}

it('ST-1: an installation keeps its id and its epoch over starts, crashes and a change of its directory', async () => {
  const path = aPlace();
  const first = await serve(path);
  expect(await serve(path)).toEqual(first);
  const killed = aPlace();
  const running = await open(path);
  cpSync(join(path, '..'), join(killed, '..'), { recursive: true });
  expect(running.installation).toEqual(first);
  await running.close();
  expect(await serve(killed)).toEqual(first);
  expect(statSync(`${path}-mark`).mode & 0o777).toBe(0o600);
});

it('ST-1: a database restored by the command keeps its id and has a new epoch, every time', async () => {
  const [path, file] = [aPlace(), aPlace()];
  const first = await serve(path);
  await backUp({ database: path, file, mayReplace: false });
  const epochs = new Set([first.epoch]);
  for (let times = 0; times < 3; times += 1) {
    await restore({ database: path, file, mayReplace: true });
    const restored = await serve(path);
    expect(restored.id).toBe(first.id);
    epochs.add(restored.epoch);
    expect(await serve(path)).toEqual(restored);
  }
  expect(epochs.size).toBe(4);
  const elsewhere = aPlace();
  await restore({ database: elsewhere, file, mayReplace: false });
  const moved = await serve(elsewhere);
  expect(moved.id).toBe(first.id);
  expect(epochs).not.toContain(moved.epoch);
});

it('ST-1: what was moved aside by a restore has a new epoch when it is moved back by hand', async () => {
  const [path, file] = [aPlace(), aPlace()];
  const first = await serve(path);
  await backUp({ database: path, file, mayReplace: false });
  const { movedTo = '' } = await restore({ database: path, file, mayReplace: true });
  const restored = await serve(path);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  renameSync(movedTo, path);
  const back = await serve(path);
  expect(back.id).toBe(first.id);
  expect([first.epoch, restored.epoch]).not.toContain(back.epoch);
});

it.each([
  [
    'made by the backup command',
    async (path: string, copy: string) => {
      await backUp({ database: path, file: copy, mayReplace: false });
    },
  ],
  ['copied while the server was stopped', async (path: string, copy: string) => copyFiles(path, copy)],
  [
    'copied while the server was running',
    async (path: string, copy: string) => {
      const running = await open(path);
      copyFiles(path, copy);
      await running.close();
    },
  ],
])('ST-1: an old file that an operator copies back by hand has a new epoch: %s', async (_how, copyAway) => {
  const [path, copy] = [aPlace(), aPlace()];
  const first = await serve(path);
  await copyAway(path, copy);
  await serve(path, (storage) => storage.unitOfWork.run(async (store) => void (await insertUser(store, 'ada'))));
  copyFiles(copy, path);
  const back = await serve(path);
  expect(back.id).toBe(first.id);
  expect(back.epoch).not.toBe(first.epoch);
  expect(await serve(path)).toEqual(back);
});

it('ST-1: after a crash, a file from before the start has a new epoch when it is copied back', async () => {
  const [path, copy] = [aPlace(), aPlace()];
  const first = await serve(path);
  copyFiles(path, copy);
  const running = await open(path);
  const killed = aPlace();
  cpSync(join(path, '..'), join(killed, '..'), { recursive: true });
  await running.close();
  copyFiles(copy, killed);
  expect((await serve(killed)).epoch).not.toBe(first.epoch);
});

it('ST-1: after a restore nobody gets the id of a user or chat that is gone', async () => {
  const [path, file] = [aPlace(), aPlace()];
  const add = (name: string, into: { user?: number; chat?: number }) => (storage: Storage) =>
    storage.unitOfWork.run(async (store) => {
      const user = await insertUser(store, name);
      into.user = user.id;
      into.chat = (await insertChat(store, name, user)).id;
    });
  await serve(path);
  await backUp({ database: path, file, mayReplace: false });
  const [gone, next] = [
    { user: 0, chat: 0 },
    { user: 0, chat: 0 },
  ];
  await serve(path, add('ada', gone));
  await restore({ database: path, file, mayReplace: true });
  await serve(path, add('eve', next));
  expect(next.user).toBeGreaterThan(gone.user + 100);
  expect(next.chat).toBeGreaterThan(gone.chat + 100);
});

it('a backup of a version without installations is given an id when it is served', async () => {
  const [path, file] = [aPlace(), aPlace()];
  await serve(path);
  await makeOlderDatabase(file, '003-moves');
  await restore({ database: path, file, mayReplace: true });
  const first = await serve(path);
  expect(await serve(path)).toEqual(first);
});
