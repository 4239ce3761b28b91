import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { aUsernameKey, insertUser } from '../builders.ts';
import { recordingLog } from '../fakes.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-locked-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('DB-2: while another process holds the lock a unit waits, the event loop does not, and the unit is kept in the end', async () => {
  const path = join(directory, 'locked.db');
  const { unitOfWork, view, close } = await openSqliteStorage(path, recordingLog());
  const other = new Database(path);
  other.exec('begin immediate');

  let isKept = false;
  const unit = unitOfWork
    .run((store) => insertUser(store, 'ada'))
    .then((user) => {
      isKept = true;
      return user;
    });
  // The event loop turns, and reads go on.
  for (let turns = 0; turns < 500; turns += 1) await new Promise(setImmediate);
  expect(await view.users.credentialsOf(aUsernameKey('ada'))).toBeUndefined();
  expect(isKept).toBe(false);
  other.exec('commit');
  other.close();
  expect((await unit).username).toBe('ada');
  await close();
});

it('DB-2: while another process holds the lock the storage says within two seconds that it is not writable', async () => {
  const path = join(directory, 'unwritable.db');
  const { unitOfWork, assertWritable, close } = await openSqliteStorage(path, recordingLog());
  const other = new Database(path);
  // Readiness is cached by assert-ready only: a commit a moment ago proves nothing here.
  await unitOfWork.run((store) => insertUser(store, 'ada'));
  await assertWritable();
  other.exec('begin immediate');
  await expect(assertWritable()).rejects.toMatchObject({ code: 'unavailable' });
  other.exec('commit');
  other.close();
  await assertWritable();
  await close();
});
