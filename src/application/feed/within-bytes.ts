import { weightOf } from '../../domain/messages/weight.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';

/**
 * What a follower that is brought up to date gets at a time. It is held in memory until the follower has read it, and followers
 * that missed different messages share nothing: a thousand of them hold 128 MiB.
 */
export const CHUNK_BYTES = 128 * 1024;

/** The first of these changes that together weigh no more than `bytes`, and one in any case; the same array if that is all. */
export function firstWithin<Change extends ChatChange>(changes: readonly Change[], bytes: number): readonly Change[] {
  let weight = 0;
  for (const [index, change] of changes.entries()) {
    weight += weightOf(change);
    if (weight > bytes) return changes.slice(0, Math.max(1, index));
  }
  return changes;
}

/** The same of the last ones. */
export function lastWithin<Change extends ChatChange>(changes: readonly Change[], bytes: number): readonly Change[] {
  return firstWithin(changes.toReversed(), bytes).toReversed();
}
