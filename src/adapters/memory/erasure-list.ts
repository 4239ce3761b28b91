import type { ErasureList } from '../../application/ports/erasure-list.ts';
import type { Erasure } from '../../domain/identity/erasure.ts';
import type { UserId } from '../../domain/ids.ts';

export function makeMemoryErasureList(): ErasureList {
  const entries = new Map<UserId, Erasure>();
  return {
    read: async () => [...entries.values()],
    async append(erasures) {
      for (const { userId, words, at } of erasures) entries.set(userId, { userId, words, at });
    },
    assertWritable: async () => undefined,
  };
}
