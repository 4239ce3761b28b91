import type { Message } from '../../domain/messages/message.ts';
import { weightOf } from '../../domain/messages/weight.ts';

/**
 * What a follower that is brought up to date gets at a time. It is held in memory until the follower has read it, and followers
 * that missed different messages share nothing: a thousand of them hold 128 MiB.
 */
export const CHUNK_BYTES = 128 * 1024;

/** The first of these messages that together weigh no more than `bytes`, and one in any case; the same array if that is all. */
export function firstWithin(messages: readonly Message[], bytes: number): readonly Message[] {
  let weight = 0;
  for (const [index, message] of messages.entries()) {
    weight += weightOf(message);
    if (weight > bytes) return messages.slice(0, Math.max(1, index));
  }
  return messages;
}

/** The same of the last ones. */
export function lastWithin(messages: readonly Message[], bytes: number): readonly Message[] {
  return firstWithin(messages.toReversed(), bytes).toReversed();
}
