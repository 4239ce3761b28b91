import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { recordingLog } from '../fakes.ts';
import { storageContract } from './storage-contract.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-contract-'));
let opened = 0;

afterAll(() => rmSync(directory, { recursive: true }));

storageContract('sqlite', () => {
  opened += 1;
  return openSqliteStorage(join(directory, `${opened}.db`), recordingLog());
});
