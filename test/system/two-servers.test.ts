import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { reasonNotToStart, startOn } from './fault-server.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-two-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('DB-6: a second process on the same file', () => {
  it('does not start, says so in one line, and leaves the first alone', async () => {
    const path = join(directory, 'one.db');
    const server = await startOn(path);
    const cookie = await server.signIn('ada');
    // It waits for a few seconds, as for a predecessor that is stopping; what it says before is a line of the log.
    expect(await reasonNotToStart(path, { LOG_LEVEL: 'error' })).toContain('Another process has the database open');
    expect((await server.fetch('/', { headers: { cookie } })).status).toBe(200);
  });

  it('starts after the first was killed', async () => {
    const path = join(directory, 'killed.db');
    const first = await startOn(path);
    const cookie = await first.signIn('ada');
    await first.stop('SIGKILL');
    const second = await startOn(path);
    expect((await second.fetch('/', { headers: { cookie } })).status).toBe(200);
  });
});
