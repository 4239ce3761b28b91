import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Blobs } from '../../src/application/ports/blobs.ts';
import type { BlobKey } from '../../src/domain/files/file.ts';
import { EXAMINED_BYTES } from '../../src/domain/files/recognise.ts';
import { aBlobKey, NOW } from '../builders.ts';

const UNKNOWN = aBlobKey('0');
const MIB = 1024 ** 2;

async function* chunksOf(bytes: Uint8Array, size = 10_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* failingAfter(bytes: Uint8Array) {
  yield bytes;
  throw new Error('cut off');
}

/** Every store of blobs runs this. `open` answers an empty store at each call. */
export function blobsContract(name: string, open: () => Promise<Blobs>): void {
  describe(`blobs: ${name}`, () => {
    const put = async (blobs: Blobs, bytes: Uint8Array) => {
      const received = await blobs.receive(chunksOf(bytes), MIB);
      await received.keep();
      return received.key;
    };
    const read = async (blobs: Blobs, key: BlobKey | undefined, range?: { first: number; last: number }) => {
      const stream = key && (await blobs.open(key, range));
      return stream && Buffer.from(await new Response(stream).arrayBuffer());
    };
    const keysOf = async (blobs: Blobs) => {
      const keys: string[] = [];
      for await (const key of blobs.keys()) keys.push(key);
      return keys.toSorted();
    };

    it('keeps bytes under their digest', async () => {
      const blobs = await open();
      const bytes = randomBytes(300_000);
      const received = await blobs.receive(chunksOf(bytes), 300_000);
      expect(received).toMatchObject({ bytes: 300_000, key: createHash('sha256').update(bytes).digest('hex') });
      expect(Buffer.from(received.head)).toEqual(bytes.subarray(0, EXAMINED_BYTES));
      expect([await blobs.size(received.key), await read(blobs, received.key)]).toEqual([undefined, undefined]);
      await received.keep();
      expect([await blobs.size(received.key), await keysOf(blobs)]).toEqual([300_000, [received.key]]);
      expect(await read(blobs, received.key)).toEqual(bytes);
    });

    it('answers parts', async () => {
      const blobs = await open();
      const bytes = randomBytes(200_000);
      const key = await put(blobs, bytes);
      for (const [first, last] of [
        [0, 0],
        [199_999, 199_999],
        [65_535, 65_536],
        [0, 199_999],
      ] as const)
        expect(await read(blobs, key, { first, last })).toEqual(bytes.subarray(first, last + 1));
    });

    it('keeps nothing of what is too large, is cut off or is discarded', async () => {
      const blobs = await open();
      const bytes = randomBytes(20_000);
      await expect(blobs.receive(chunksOf(bytes), 19_999)).rejects.toMatchObject({ code: 'file_too_large' });
      await expect(blobs.receive(failingAfter(bytes), MIB)).rejects.toThrow('cut off');
      await (await blobs.receive(chunksOf(bytes), MIB)).discard();
      expect(await keysOf(blobs)).toEqual([]);
    });

    it('keeps the same bytes once, and empty ones', async () => {
      const blobs = await open();
      const [key, again, empty] = [
        await put(blobs, Buffer.from('same')),
        await put(blobs, Buffer.from('same')),
        await put(blobs, Buffer.of()),
      ];
      expect(again).toBe(key);
      expect(await keysOf(blobs)).toEqual([key, empty].toSorted());
      expect([await blobs.size(empty), (await read(blobs, empty))?.length]).toEqual([0, 0]);
    });

    it('removes what no row names, and nothing else', async () => {
      const blobs = await open();
      const key = await put(blobs, Buffer.from('words'));
      await blobs.remove(key, async () => true);
      expect((await read(blobs, key))?.toString()).toBe('words');
      await blobs.remove(key, async () => false);
      expect([await read(blobs, key), await keysOf(blobs)]).toEqual([undefined, []]);
      await blobs.remove(UNKNOWN, async () => true);
      expect(await blobs.open(UNKNOWN)).toBeUndefined();
    });

    it('loses nothing that is put while the same bytes are removed', async () => {
      const blobs = await open();
      const key = await put(blobs, Buffer.from('words'));
      const again = await blobs.receive(chunksOf(Buffer.from('words')), MIB);
      await blobs.remove(key, async () => {
        await again.keep();
        return true;
      });
      expect((await read(blobs, key))?.toString()).toBe('words');
    });

    it('reads from one place many times, and no more than is asked for', async () => {
      const blobs = await open();
      const bytes = randomBytes(900_000);
      const key = await put(blobs, bytes);
      const cancelled = await blobs.open(key);
      const reader = cancelled?.getReader();
      expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
      await reader?.cancel();
      const all = await Promise.all(Array.from({ length: 8 }, () => read(blobs, key)));
      expect(all.every((one) => one?.equals(bytes))).toBe(true);
    });

    it('settles nothing that is not old enough', async () => {
      const blobs = await open();
      const received = await blobs.receive(chunksOf(Buffer.from('words')), MIB);
      await blobs.clear(NOW, async () => false);
      await received.keep();
      expect((await read(blobs, received.key))?.toString()).toBe('words');
    });
  });
}
