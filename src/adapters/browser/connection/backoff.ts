const FIRST_MS = 3_000;
const MAX_DELAY_MS = 30_000;

/**
 * The delay before the next attempt to connect: exponential backoff with full jitter, so that the clients of a restarted
 * server do not all come back at once.
 * @param failures attempts that failed since the last stable connection
 * @param random a number in [0, 1)
 */
export function reconnectDelay(failures: number, random: number): number {
  const limit = Math.min(FIRST_MS * 2 ** Math.min(failures, 10), MAX_DELAY_MS);
  return Math.floor(random * limit);
}

/** The delay where a healthy server turned the client away: it has to wait until there is room, which seldom comes soon. */
export const patientDelay = (random: number): number => Math.floor((MAX_DELAY_MS * (1 + random)) / 2);

/**
 * The delay before a socket is tried again while HTTP stands in for it: networks that block WebSockets seldom change.
 * @param attempts attempts so far
 */
export const streamDelay = (attempts: number, random: number): number =>
  patientDelay(random) * 2 ** Math.min(attempts - 1, 4);

const ATTEMPTS_PER_QUESTION = 4;

/**
 * Whether to ask, by a request of its own, why the connection failed: at the first attempt, and then seldom, since a server
 * that struggles has enough to do.
 * @param attempts failed attempts before this one since there was a connection
 */
export const asksWhy = (attempts: number): boolean => attempts % ATTEMPTS_PER_QUESTION === 0;

/** An attempt to connect fails when it takes longer than this. */
export const READY_WITHIN_MS = 15_000;

/** A connection that lasts this long is stable: the next failure counts as the first again. */
export const STABLE_AFTER_MS = 30_000;
