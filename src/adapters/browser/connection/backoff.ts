const FIRST_MS = 3_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next attempt to connect: anything between nothing and a limit that doubles with each
 * failure, so that the clients of a restarted server do not all come back at once.
 * @param failures attempts that failed since the last stable connection
 * @param random a number in [0, 1)
 */
export function retryDelay(failures: number, random: number): number {
  const limit = Math.min(FIRST_MS * 2 ** Math.min(failures, 10), LONGEST_MS);
  return Math.floor(random * limit);
}

/** The same for who was turned away by a server that is well: it has to wait for room, which comes seldom. */
export const patientDelay = (random: number): number => Math.floor((LONGEST_MS * (1 + random)) / 2);

/**
 * How long to wait before a socket is tried again where HTTP stands in for it: networks that let none pass seldom change.
 * @param failures attempts so far
 */
export const streamDelay = (failures: number, random: number): number =>
  patientDelay(random) * 2 ** Math.min(failures - 1, 4);

const FAILURES_PER_QUESTION = 4;

/**
 * Whether to ask, by a request of its own, why no connection came about: at first, and then seldom, since a server that
 * struggles has enough to do.
 * @param failures attempts before this one that came to nothing since there was a connection
 */
export const asksWhy = (failures: number): boolean => failures % FAILURES_PER_QUESTION === 0;

/** An attempt that came to nothing for so long leads nowhere: browsers wait for minutes. */
export const READY_WITHIN_MS = 15_000;

/** A connection that held so long counts as good: the next failure is the first again. */
export const STABLE_AFTER_MS = 30_000;
