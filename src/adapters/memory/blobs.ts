import { createHash } from 'node:crypto';
import type { Blobs } from '../../application/ports/blobs.ts';
import { DomainError } from '../../domain/errors.ts';
import { type BlobKey, blobKey } from '../../domain/files/file.ts';
import { EXAMINED_BYTES } from '../../domain/files/recognise.ts';

/** Blobs in this process's memory. Nothing survives the process. */
export function makeMemoryBlobs(): Blobs {
  const all = new Map<BlobKey, Uint8Array>();
  return {
    async receive(chunks, maxBytes) {
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of chunks) {
        size += chunk.byteLength;
        if (size > maxBytes) throw new DomainError('file_too_large', `A file can have ${maxBytes} bytes.`);
        parts.push(chunk);
      }
      const bytes = new Uint8Array(Buffer.concat(parts));
      const key = blobKey(createHash('sha256').update(bytes).digest('hex'));
      if (!key) throw new Error('A digest is no key.');
      const keep = async () => {
        all.set(key, bytes);
      };
      return { key, bytes: size, head: bytes.subarray(0, EXAMINED_BYTES), keep, discard: async () => undefined };
    },
    async open(key, range) {
      const bytes = all.get(key);
      const part = range ? bytes?.slice(range.first, range.last + 1) : bytes?.slice();
      return part && new Blob([part]).stream();
    },
    size: async (key) => all.get(key)?.byteLength,
    async remove(key, isNamed) {
      const bytes = all.get(key);
      all.delete(key);
      if (bytes && (await isNamed())) all.set(key, bytes);
    },
    async *keys() {
      yield* [...all.keys()];
    },
    clear: async () => undefined,
  };
}
