import type { Timer } from '../../application/ports/timer.ts';

/** Maximum people remembered, in some 5 MB. */
const MAX_KEYS = 50_000;
/** Buckets looked at when one is added, to drop those that are full again. */
const SWEPT_AT_ONCE = 4;
/** Sums of fractions of a millisecond may miss a whole token by less than this. */
const ROUNDING_MS = 0.001;

/**
 * Token buckets by key, each of them one number: when it will be full again (the generic cell rate algorithm). A bucket that is
 * full is not kept.
 */
export class TokenBuckets {
  /** How long an empty bucket takes to fill. */
  readonly capacityMs: number;
  /** How long one token takes to come back. */
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

  /** Takes one and answers 0, or takes nothing and answers in how many milliseconds there is one. */
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

  /** In how many milliseconds the bucket is full. */
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

  /** A hand that goes round: a full bucket is dropped, and without room the one it points at. */
  #sweep(): void {
    const now = this.#timer.elapsed();
    for (let looked = 0; looked < SWEPT_AT_ONCE; looked += 1) {
      const { value, done } = this.#hand.next();
      if (done) this.#hand = this.#fullAt.entries();
      else if (value[1] <= now || this.#fullAt.size >= MAX_KEYS) this.#fullAt.delete(value[0]);
    }
  }
}
