/** After this many failed attempts a job becomes a dead letter: three hours at most, an hour and a half on average. */
export const MAX_ATTEMPTS = 12;

const FIRST_MS = 10_000;
const LONGEST_MS = 3_600_000;

/**
 * How long to wait after a failed attempt, in milliseconds: exponential backoff with full jitter, so that jobs that failed
 * together are not tried again together.
 * @param attempts how many there were, 1 or more
 * @param random from 0 up to 1, without 1
 */
export function retryDelay(attempts: number, random: number): number {
  return Math.floor(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1)));
}
