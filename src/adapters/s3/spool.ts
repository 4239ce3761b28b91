import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open as openFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ReceivedBlob } from '../../application/ports/blobs.ts';
import { writeAll } from '../disk/write-all.ts';

export interface Spooled extends Pick<ReceivedBlob, 'key' | 'bytes' | 'head'> {
  /** From the beginning, at each call. */
  open(): Readable;
  /** Gives the room on the disk back. More calls do nothing. */
  close(): Promise<void>;
}

const CHUNK_BYTES = 64 * 1024;

/** Writes bytes into a file without a name: whatever becomes of this process, nothing of them stays. */
export async function spool(directory: string, chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Spooled> {
  const file = await openNameless(directory);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= file.close();
    return closed;
  };
  try {
    const written = await writeAll(file, chunks, maxBytes);
    const whole = { start: 0, autoClose: false, highWaterMark: CHUNK_BYTES };
    return { ...written, open: () => createReadStream('', { fd: file, ...whole }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openNameless(directory: string): Promise<FileHandle> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `shoal-upload-${randomUUID()}`);
  const file = await openFile(path, 'wx+', 0o600);
  await rm(path);
  return file;
}
