import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';

/** A new directory, in memory where the system has that, for tests that open many databases and ask nothing of the disk. */
export const scratchDirectory = (prefix: string): string =>
  mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), prefix));
