import type { Rate } from '../../application/ports/rate-limits.ts';
import type { Timer } from '../../application/ports/timer.ts';

/** What all sockets share: how much each may post. */
export interface PostLimit {
  readonly rate: Rate;
  readonly timer: Timer;
}

/** Whoever wants more than there is for so long, without a pause, is not in a hurry but floods. */
const PATIENCE_MS = 60_000;
/** What is no pause yet: timers come late, and it takes a moment to read on. */
const SHORTEST_PAUSE_MS = 2_000;

/**
 * One socket's share of posts: as many at once as the rate has, then evenly. Three numbers for each socket, and nothing that
 * runs while it holds nobody back.
 */
export class PostThrottle {
  readonly #rate: Rate;
  readonly #timer: Timer;
  /** When all would be there again, by the timer. */
  #fullAt = 0;
  #heldSince = 0;
  #heldUntil = Number.NEGATIVE_INFINITY;

  constructor({ rate, timer }: PostLimit) {
    this.#rate = rate;
    this.#timer = timer;
  }

  /** Takes one and answers 0, or takes none and answers in how many milliseconds there is one. */
  take(): number {
    const now = this.#timer.elapsed();
    const { count, withinMs } = this.#rate;
    const fullAt = Math.max(now, this.#fullAt) + withinMs / count;
    const wait = fullAt - withinMs - now;
    if (wait <= 0) {
      this.#fullAt = fullAt;
      return 0;
    }
    if (now - this.#heldUntil > SHORTEST_PAUSE_MS) this.#heldSince = now;
    this.#heldUntil = now + wait;
    return wait;
  }

  /** To be asked when `take` has answered that there is none. */
  isFlood(): boolean {
    return this.#timer.elapsed() - this.#heldSince > PATIENCE_MS;
  }
}
