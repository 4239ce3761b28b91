import { availableParallelism } from 'node:os';
import type { UserId } from '../../domain/ids.ts';
import type { PlannedUser } from './plan-people.ts';

export interface Hashing {
  /** A salted hash of the text. It is slow. */
  readonly hash: (text: string) => Promise<string>;
  /** A random text for accounts without a password. */
  readonly unguessable: () => string;
  readonly onProgress: (done: number) => void;
}

/** Hashes the passwords, as many concurrently as the machine has processors. */
export async function hashPasswords(
  users: readonly PlannedUser[],
  { hash, unguessable, onProgress }: Hashing,
): Promise<ReadonlyMap<UserId, string>> {
  const hashes = new Map<UserId, string>();
  const waiting = users.values();
  const hashOneByOne = async () => {
    for (const { id, sha256 } of waiting) {
      hashes.set(id, await hash(sha256 ?? unguessable()));
      onProgress(hashes.size);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, hashOneByOne));
  return hashes;
}
