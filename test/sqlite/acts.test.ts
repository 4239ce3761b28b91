import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { anAct, insertChat, insertUser } from '../builders.ts';
import { recordingLog } from '../fakes.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-acts-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('MO-3: the database refuses to change and to delete what was done', async () => {
  const path = join(directory, 'acts.db');
  const storage = await openSqliteStorage(path, recordingLog());
  await storage.unitOfWork.run(async (store) => {
    const ada = await insertUser(store, 'ada');
    await store.acts.add(anAct({ chatId: (await insertChat(store, 'Lobby', ada)).id, actorId: ada.id }));
  });
  await storage.close();
  const database = new Database(path);
  for (const statement of ["update acts set reason = 'other'", 'delete from acts'])
    expect(() => database.exec(statement)).toThrow('acts are never changed');
  expect(database.prepare('select count(*) from acts').pluck().get()).toBe(1);
  database.close();
});
