import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { ReceivedBlob } from '../../application/ports/blobs.ts';
import { DomainError } from '../../domain/errors.ts';
import { blobKey } from '../../domain/files/file.ts';
import { EXAMINED_BYTES } from '../../domain/files/recognise.ts';

/**
 * Writes the bytes into the file, and computes on the way what is to be known of them.
 * @throws DomainError `file_too_large` as soon as there are more than `maxBytes`, and what `chunks` throws
 */
export async function writeAll(
  file: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Pick<ReceivedBlob, 'key' | 'bytes' | 'head'>> {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    if (bytes + chunk.byteLength > maxBytes)
      throw new DomainError('file_too_large', `A file can have ${maxBytes} bytes.`);
    if (bytes < EXAMINED_BYTES) head.push(chunk.slice(0, EXAMINED_BYTES - bytes));
    hash.update(chunk);
    for (let at = 0; at < chunk.byteLength; ) at += (await file.write(chunk, at)).bytesWritten;
    bytes += chunk.byteLength;
  }
  const key = blobKey(hash.digest('hex'));
  if (!key) throw new Error('A digest is no key.');
  return { key, bytes, head: Buffer.concat(head) };
}
