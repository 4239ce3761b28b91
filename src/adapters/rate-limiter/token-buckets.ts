import type { Timer } from '../../application/ports/timer.ts';

/** Maximum buckets, in about 5 MB. */
const MAX_KEYS = 50_000;
/** Buckets checked per insert, to drop full ones. */
const SWEPT_PER_INSERT = 4;
/** Rounding error of sums of fractions of a millisecond. */
const ROUNDING_MS = 0.001;

/**
 * Token buckets by key. Each is one number: the time at which it will be full (the generic cell rate algorithm). A full bucket is
 * not stored.
 */
export class TokenBuckets {
  /** The time in which an empty bucket fills. */
  readonly capacityMs: number;
  /** The time in which one token is refilled. */
  readonly costMs: number;
  readonly #timer: Pick<Timer, 'elapsed'>;
  readonly #fullAt = new Map<number, number>();
  #hand = this.#fullAt.entries();

  constructor(
    { count, withinMs }: { readonly count: number; readonly withinMs: number },
    timer: Pick<Timer, 'elapsed'>,
  ) {
    this.capacityMs = withinMs;
    this.costMs = withinMs / count;
    this.#timer = timer;
  }

  /** Takes a token and returns 0, or takes nothing and returns the milliseconds until there is one. */
  take(key: number): number {
    const wait = this.wait(key, 1);
    if (wait === 0) this.spend(key, 1);
    return wait;
  }

  wait(key: number, amount: number): number {
    const wait = this.debt(key) + amount * this.costMs - this.capacityMs;
    return wait > ROUNDING_MS ? wait : 0;
  }

  spend(key: number, amount: number): void {
    this.setDebt(key, this.debt(key) + amount * this.costMs);
  }

  /** The milliseconds until the bucket is full. */
  debt(key: number): number {
    return Math.max(0, (this.#fullAt.get(key) ?? 0) - this.#timer.elapsed());
  }

  setDebt(key: number, ms: number): void {
    if (ms <= 0) {
      this.#fullAt.delete(key);
      return;
    }
    if (!this.#fullAt.has(key)) this.#sweep();
    this.#fullAt.set(key, this.#timer.elapsed() + ms);
  }

  /** A clock algorithm: drops full buckets, and any bucket that it reaches while there is no room. */
  #sweep(): void {
    const now = this.#timer.elapsed();
    for (let looked = 0; looked < SWEPT_PER_INSERT; looked += 1) {
      const { value, done } = this.#hand.next();
      if (done) this.#hand = this.#fullAt.entries();
      else if (value[1] <= now || this.#fullAt.size >= MAX_KEYS) this.#fullAt.delete(value[0]);
    }
  }
}
