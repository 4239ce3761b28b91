import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Blobs, ReceivedBlob } from '../../application/ports/blobs.ts';
import { type BlobKey, blobKey } from '../../domain/files/file.ts';
import { ifThere, translateDiskError } from './errors.ts';
import { writeAll } from './write-all.ts';

/** What is arriving, and what is on its way out. */
const TEMPORARY = 'tmp';
const OUTGOING = /^out-([0-9a-f]{64})-/;
/** Read at a time for one download. */
const CHUNK_BYTES = 64 * 1024;

/**
 * Blobs as files of a directory, in 256 others by the first byte of their keys. A blob is written under a temporary name, synced and
 * renamed, so that a file under a key is always whole. The directory is made at the first upload. Only its owner may read it.
 */
export function makeDiskBlobs(directory: string): Blobs {
  const temporary = join(directory, TEMPORARY);
  const folderOf = (key: BlobKey) => join(directory, key.slice(0, 2));
  const pathOf = (key: BlobKey) => join(folderOf(key), key);

  /** A rename is durable once its directory is synced. */
  async function put(from: string, key: BlobKey): Promise<void> {
    const isNew = await mkdir(folderOf(key), { recursive: true, mode: 0o700 });
    await rename(from, pathOf(key));
    await syncDirectory(folderOf(key));
    if (isNew !== undefined) await syncDirectory(directory);
  }

  async function settle(outgoing: string, key: BlobKey, isNamed: () => Promise<boolean>): Promise<void> {
    if (await isNamed()) await ifThere(put(outgoing, key));
    else await rm(outgoing, { force: true });
  }

  return {
    async receive(chunks, maxBytes) {
      try {
        await mkdir(temporary, { recursive: true, mode: 0o700 });
        const path = join(temporary, `in-${randomUUID()}`);
        const received = await write(path, chunks, maxBytes);
        const keep = () => put(path, received.key).catch(translateDiskError);
        return { ...received, keep, discard: () => rm(path, { force: true }) };
      } catch (error) {
        return translateDiskError(error);
      }
    },

    async open(key, range) {
      const handle = await ifThere(open(pathOf(key)));
      if (!handle) return undefined;
      const part = range && { start: range.first, end: range.last };
      const stream = createReadStream('', { fd: handle, ...part, highWaterMark: CHUNK_BYTES });
      return Readable.toWeb(stream, { strategy: { highWaterMark: 0 } }) as ReadableStream<Uint8Array>;
    },

    size: async (key) => (await ifThere(stat(pathOf(key))))?.size,

    async remove(key, isNamed) {
      const outgoing = join(temporary, `out-${key}-${randomUUID()}`);
      await mkdir(temporary, { recursive: true, mode: 0o700 });
      if (await ifThere(rename(pathOf(key), outgoing).then(() => true))) await settle(outgoing, key, isNamed);
    },

    async *keys() {
      for (const folder of (await ifThere(readdir(directory))) ?? []) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue;
        for (const name of (await ifThere(readdir(join(directory, folder)))) ?? []) {
          const key = blobKey(name);
          if (key) yield key;
        }
      }
    },

    async clear(before, isNamed) {
      for (const name of (await ifThere(readdir(temporary))) ?? []) {
        const path = join(temporary, name);
        const found = await ifThere(stat(path));
        // The time of the last change of the name, which a rename sets too.
        if (!found || found.ctimeMs >= before) continue;
        const key = blobKey(OUTGOING.exec(name)?.[1] ?? '');
        if (key) await settle(path, key, () => isNamed(key));
        else await rm(path, { force: true });
      }
    },
  };
}

/** Writes the bytes and syncs them. Nothing stays when it fails. */
async function write(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Pick<ReceivedBlob, 'key' | 'bytes' | 'head'>> {
  const file = await open(path, 'wx', 0o600);
  try {
    const written = await writeAll(file, chunks, maxBytes);
    await file.sync();
    await file.close();
    return written;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
