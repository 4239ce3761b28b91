import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { recordingLog } from '../fakes.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { storageContract } from './storage-contract.ts';

const directory = scratchDirectory('shoal-contract-');
let opened = 0;

afterAll(() => rmSync(directory, { recursive: true }));

storageContract('sqlite', () => {
  opened += 1;
  return openSqliteStorage(join(directory, `${opened}.db`), recordingLog());
});
