import { describe, expect, it } from 'vitest';
import type { ErasureList } from '../../src/application/ports/erasure-list.ts';
import type { Erasure } from '../../src/domain/identity/erasure.ts';
import { userId } from '../../src/domain/ids.ts';
import { NOW } from '../builders.ts';

export const anErasureOf = (id: number, changes: Partial<Erasure> = {}): Erasure => ({
  ...{ userId: userId(id), words: 'erase', at: NOW },
  ...changes,
});

/** @param make answers an empty list at each call */
export function erasureListContract(name: string, make: () => ErasureList): void {
  describe(`list of erasures: ${name}`, () => {
    it('is empty at first, and can be written', async () => {
      const list = make();
      await list.assertWritable();
      expect(await list.read()).toEqual([]);
    });

    it('has what was appended, each user once, as it was appended last', async () => {
      const list = make();
      await list.append([anErasureOf(7), anErasureOf(8, { words: 'keep' })]);
      await list.append([anErasureOf(7, { at: NOW + 1 })]);
      await list.append([]);
      expect((await list.read()).toSorted((one, other) => one.userId - other.userId)).toEqual([
        anErasureOf(7, { at: NOW + 1 }),
        anErasureOf(8, { words: 'keep' }),
      ]);
    });

    it('keeps what is appended at once', async () => {
      const list = make();
      await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((id) => list.append([anErasureOf(id)])));
      expect(await list.read()).toHaveLength(8);
    });
  });
}
