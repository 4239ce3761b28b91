import { RateLimiterRes } from 'rate-limiter-flexible';
import RateLimiterStore from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';
import type { Rate } from '../../application/ports/rate-limits.ts';
import type { Timer } from '../../application/ports/timer.ts';

/** So many keys are counted under one limit, in some 8 MB; past that, the one longest not asked for begins anew. */
export const MAX_KEYS = 50_000;
/** So many that are over make room at each new one: what comes in goes out, and no call takes long. */
const SWEPT_AT_ONCE = 4;

interface Count {
  taken: number;
  /** Since when nothing has come back, by the timer. */
  since: number;
}

/**
 * Counts in this process. The library's own memory limiter goes by the wall clock, which may be set, and keeps every key
 * that anybody thinks up, each with a timer.
 */
export class MemoryLimiter extends RateLimiterStore {
  readonly #timer: Pick<Timer, 'elapsed'>;
  /** The one longest not asked for first. */
  readonly #counts = new Map<string, Count>();
  /** So many come back at each step. */
  readonly #stepCount: number;
  readonly #stepMs: number;

  constructor({ count, withinMs, refill }: Rate, timer: Pick<Timer, 'elapsed'>) {
    super({ storeClient: undefined, keyPrefix: '', points: count, duration: withinMs / 1000 });
    this.#timer = timer;
    this.#stepCount = refill === 'together' ? count : 1;
    this.#stepMs = refill === 'together' ? withinMs : withinMs / count;
  }

  override async _upsert(key: string, points: number): Promise<RateLimiterRes> {
    const count = this.#find(key) ?? this.#begin(key);
    const taken = count.taken + points;
    // More than there is is not taken, so that who knocks on waits no longer for it.
    if (taken > this.points) return this.#answer(count, taken);
    count.taken = Math.max(0, taken);
    return this.#answer(count, count.taken);
  }

  override async _get(key: string): Promise<RateLimiterRes | null> {
    const count = this.#find(key);
    return count ? this.#answer(count, count.taken) : null;
  }

  override async _delete(key: string): Promise<boolean> {
    return this.#counts.delete(key);
  }

  override _getRateLimiterRes(_key: string, _points: number, stored: RateLimiterRes): RateLimiterRes {
    return stored;
  }

  /** The count after what has come back, now the one asked for last; undefined when all has. */
  #find(key: string): Count | undefined {
    const count = this.#counts.get(key);
    if (!count) return undefined;
    this.#counts.delete(key);
    const steps = Math.floor((this.#timer.elapsed() - count.since) / this.#stepMs);
    count.taken -= steps * this.#stepCount;
    count.since += steps * this.#stepMs;
    if (count.taken <= 0) return undefined;
    this.#counts.set(key, count);
    return count;
  }

  #begin(key: string): Count {
    this.#sweep();
    const count = { taken: 0, since: this.#timer.elapsed() };
    this.#counts.set(key, count);
    return count;
  }

  #sweep(): void {
    const now = this.#timer.elapsed();
    let looked = 0;
    for (const [key, { taken, since }] of this.#counts) {
      looked += 1;
      const isOver = now - since >= Math.ceil(taken / this.#stepCount) * this.#stepMs;
      if (looked > SWEPT_AT_ONCE || !(isOver || this.#counts.size >= MAX_KEYS)) break;
      this.#counts.delete(key);
    }
  }

  #answer({ since }: Count, taken: number): RateLimiterRes {
    const msBeforeNext = since + this.#stepMs - this.#timer.elapsed();
    return new RateLimiterRes(Math.max(0, this.points - taken), msBeforeNext, taken);
  }
}
