import { linkSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lockForThisProcess } from '../../src/adapters/sqlite/file/process-lock.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { insertUser } from '../builders.ts';
import { recordingLog } from '../fakes.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-lock-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('DB-6: a second server on one file', () => {
  it('waits for the first, says so, and comes up when that has stopped', async () => {
    const path = join(directory, 'handed-over.db');
    const first = await openSqliteStorage(path, recordingLog());
    const log = recordingLog();
    const second = openSqliteStorage(path, log);
    await first.unitOfWork.run((store) => insertUser(store, 'ada'));
    await first.close();
    const { unitOfWork, close } = await second;
    await expect(unitOfWork.run((store) => insertUser(store, 'ada'))).rejects.toThrow('There is a user named ada');
    expect(log.entries.map(({ details }) => details)).toEqual([{ event: 'database_in_use' }]);
    await close();
  });

  it('is refused, by whatever name it came to the file', async () => {
    const path = join(directory, 'one.db');
    const { close } = await openSqliteStorage(path, recordingLog());
    symlinkSync(path, join(directory, 'link.db'));
    await expect(openSqliteStorage(join(directory, 'link.db'), recordingLog())).rejects.toThrow(
      `Another process has the database open: ${path}.`,
    );
    linkSync(path, join(directory, 'hard.db'));
    await expect(openSqliteStorage(join(directory, 'hard.db'), recordingLog())).rejects.toThrow('hard link');
    await close();
  });

  it('is let in after a start that failed', async () => {
    const path = join(directory, 'again.db');
    await (await openSqliteStorage(path, recordingLog())).close();
    linkSync(path, join(directory, 'second-name.db'));
    await expect(openSqliteStorage(path, recordingLog())).rejects.toThrow('hard link');
    rmSync(join(directory, 'second-name.db'));
    await (await openSqliteStorage(path, recordingLog())).close();
  });

  it('the lock takes no room and nobody else can read it', async () => {
    const path = join(directory, 'empty.db');
    const lock = await lockForThisProcess(path, { patience: 0 });
    expect(statSync(lock.path)).toMatchObject({ size: 0 });
    expect(statSync(lock.path).mode & 0o777).toBe(0o600);
    await expect(lockForThisProcess(path, { patience: 0 })).rejects.toThrow('Another process');
    lock.release();
    (await lockForThisProcess(path, { patience: 0 })).release();
  });
});
