import type { Revision } from '../chats/chat.ts';
import { DomainError } from '../errors.ts';

/** Ten years. */
export const MAX_RETENTION_DAYS = 3_650;

export const DAY_MS = 86_400_000;

/**
 * Days after which messages are erased; 0 to keep them.
 * @throws DomainError `invalid_retention`
 */
export function retentionDays(input: number): number {
  if (!Number.isInteger(input) || input < 0 || input > MAX_RETENTION_DAYS)
    throw new DomainError('invalid_retention', `Messages are kept for 1 to ${MAX_RETENTION_DAYS} days; 0 keeps them.`);
  return input;
}

/** “1 day”, “30 days”. */
export const daysWords = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

/** The moment before which sent messages are erased. */
export const erasedBefore = (days: number, now: number): number => now - days * DAY_MS;

/** Of a message, when it was sent (ms). */
export interface Aged {
  readonly position: Revision;
  readonly sentAt: number;
}

/**
 * The last of the first messages of a chat that are all too old; undefined where there is none. A message behind a newer one waits for that:
 * after a clock was set back, the order of positions is not that of times.
 */
export function lastExpired(oldest: readonly Aged[], before: number): Revision | undefined {
  const kept = oldest.findIndex(({ sentAt }) => sentAt >= before);
  return oldest[(kept < 0 ? oldest.length : kept) - 1]?.position;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** In how many milliseconds to look for messages to erase again: when the oldest is too old, but within a minute to an hour. */
export function nextErasure(
  oldest: Aged | undefined,
  { days, now }: { readonly days: number; readonly now: number },
): number {
  const wait = oldest ? oldest.sentAt + days * DAY_MS - now + 1 : HOUR_MS;
  return Math.min(HOUR_MS, Math.max(MINUTE_MS, wait));
}
