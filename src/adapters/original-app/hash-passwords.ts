import { availableParallelism } from 'node:os';
import type { UserId } from '../../domain/ids.ts';
import type { PlannedUser } from './plan-people.ts';

export interface Hashing {
  /** Slow: a salted hash of this text. */
  readonly hash: (text: string) => Promise<string>;
  /** A text that is no SHA-256, for those whom no password lets in. */
  readonly unguessable: () => string;
  readonly onProgress: (done: number) => void;
}

/** The hash to store for each, as many at a time as the machine has processors. */
export async function hashPasswords(
  users: readonly PlannedUser[],
  { hash, unguessable, onProgress }: Hashing,
): Promise<ReadonlyMap<UserId, string>> {
  const hashes = new Map<UserId, string>();
  const waiting = users.values();
  const hashOneAfterAnother = async () => {
    for (const { id, sha256 } of waiting) {
      hashes.set(id, await hash(sha256 ?? unguessable()));
      onProgress(hashes.size);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, hashOneAfterAnother));
  return hashes;
}
