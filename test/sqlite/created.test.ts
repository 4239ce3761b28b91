import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { recordingLog } from '../fakes.ts';

const root = mkdtempSync(join(tmpdir(), 'shoal-created-'));
afterAll(() => rmSync(root, { recursive: true }));

async function startedOn(file: string) {
  const log = recordingLog();
  await (await openSqliteStorage(file, log)).close();
  return log.entries.map(({ level, details }) => ({ level, ...details }));
}

describe('a start on a path where there is no database', () => {
  it('says that it created one, since a wrong path in DATABASE_URL looks like lost data', async () => {
    const file = join(root, 'chat.db');
    expect(await startedOn(file)).toEqual([{ level: 'info', event: 'database_created', file, new_directory: false }]);
    expect(await startedOn(file)).toEqual([]);
  });

  it('warns when it had to create the directory too', async () => {
    const file = join(root, 'lib', 'shoall', 'chat.db');
    expect(await startedOn(file)).toEqual([{ level: 'warn', event: 'database_created', file, new_directory: true }]);
  });

  it('says nothing when it is refused', async () => {
    const file = join(root, 'directory');
    mkdirSync(file);
    const log = recordingLog();
    await expect(openSqliteStorage(file, log)).rejects.toThrow('is a directory');
    expect(log.entries).toEqual([]);
  });
});
