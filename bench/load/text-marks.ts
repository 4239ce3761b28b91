import type { ChatDigest } from './tasks.ts';

/** `#SSSS.NNNNNNNN`: which sender's how manieth post this is. Fixed width, so that it is read without decoding JSON. */
export const SENDER_WIDTH = 4;
export const NUMBER_WIDTH = 8;
export const MAX_SENDERS = 10 ** SENDER_WIDTH;
export const SENDER_DIGITS = 'S'.repeat(SENDER_WIDTH);
export const NUMBER_DIGITS = 'N'.repeat(NUMBER_WIDTH);

export const MARK = '#';
export const SENDER_OFFSET = 1;
export const NUMBER_OFFSET = SENDER_OFFSET + SENDER_WIDTH + 1;

/** The text of every post: 48 characters, as long as people's messages are. */
export const TEXT = `${MARK}${SENDER_DIGITS}.${NUMBER_DIGITS} shall we meet at the fountain 6pm`;

export const EMPTY_DIGEST: ChatDigest = { messages: 0, digest: 0 };

/** Equal for two followers only if they saw the same posts in the same order (as good as a 32-bit hash is). */
export function mixed(digest: number, sender: number, number: number): number {
  return (Math.imul(digest ^ sender, 0x01000193) + number) | 0;
}
