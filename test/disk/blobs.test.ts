import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDiskBlobs } from '../../src/adapters/disk/blobs.ts';
import type { Blobs } from '../../src/application/ports/blobs.ts';
import { scratchDirectory } from '../scratch-directory.ts';

async function* words(text: string) {
  yield Buffer.from(text);
}

async function aStore() {
  const directory = join(scratchDirectory('blobs-'), 'files');
  const blobs = makeDiskBlobs(directory);
  const received = await blobs.receive(words('words'), 100);
  return { directory, blobs, received, temporary: join(directory, 'tmp') };
}

async function keysOf(blobs: Blobs) {
  const keys: string[] = [];
  for await (const key of blobs.keys()) keys.push(key);
  return keys;
}

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('blobs on disk', () => {
  it('LG-3: only their owner may read them', async () => {
    const { directory, received, temporary } = await aStore();
    await received.keep();
    const folder = join(directory, received.key.slice(0, 2));
    expect([directory, temporary, folder].map(modeOf)).toEqual([0o700, 0o700, 0o700]);
    expect(modeOf(join(folder, received.key))).toBe(0o600);
  });

  it('settles what was cut off: uploads go, and what a row names comes back', async () => {
    const { directory, blobs, received, temporary } = await aStore();
    await received.keep();
    const outgoing = join(temporary, `out-${received.key}-1`);
    renameSync(join(directory, received.key.slice(0, 2), received.key), outgoing);
    writeFileSync(join(temporary, 'in-1'), 'half');
    expect(await blobs.size(received.key)).toBeUndefined();
    await blobs.clear(Number.POSITIVE_INFINITY, async () => true);
    expect([await blobs.size(received.key), readdirSync(temporary)]).toEqual([5, []]);
    renameSync(join(directory, received.key.slice(0, 2), received.key), outgoing);
    await blobs.clear(Number.POSITIVE_INFINITY, async () => false);
    expect([await blobs.size(received.key), readdirSync(temporary)]).toEqual([undefined, []]);
  });

  it('passes over what is not its own', async () => {
    const { directory, blobs } = await aStore();
    mkdirSync(join(directory, 'ab'), { recursive: true });
    writeFileSync(join(directory, 'ab', 'notes.txt'), 'mine');
    writeFileSync(join(directory, 'README'), 'mine');
    expect(await keysOf(blobs)).toEqual([]);
  });
});
