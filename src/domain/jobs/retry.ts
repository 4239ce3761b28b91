/** Failed attempts after which a job becomes a dead letter: within three hours, after an hour and a half on average. */
export const MAX_ATTEMPTS = 12;

const BASE_MS = 10_000;
const MAX_MS = 3_600_000;

/**
 * The wait after a failed attempt, in milliseconds: exponential backoff with full jitter, so that jobs that failed at the same time
 * are not retried at the same time.
 * @param attempts the number of attempts so far, 1 or more
 * @param random from 0 to 1, exclusive
 */
export function retryDelay(attempts: number, random: number): number {
  return Math.floor(random * Math.min(MAX_MS, BASE_MS * 2 ** (attempts - 1)));
}
