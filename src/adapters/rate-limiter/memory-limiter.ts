import { RateLimiterRes } from 'rate-limiter-flexible';
import RateLimiterStore from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';
import type { Rate } from '../../application/ports/rate-limits.ts';
import type { Timer } from '../../application/ports/timer.ts';

/** Maximum keys counted under one limit, in about 8 MB. Past that, the least recently used key is forgotten. */
export const MAX_KEYS = 50_000;
/** Expired keys swept per insert. */
const SWEPT_PER_INSERT = 4;

interface Count {
  taken: number;
  /** The time of the last refill, by the timer. */
  since: number;
}

/**
 * Counts in this process. The library's own memory limiter uses the wall clock, which may be set, and keeps any number of keys,
 * each with a timer.
 */
export class MemoryLimiter extends RateLimiterStore {
  readonly #timer: Pick<Timer, 'elapsed'>;
  /** The least recently used key first. */
  readonly #counts = new Map<string, Count>();
  /** Points refilled at each step. */
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
    // A refused request takes nothing, so repeating it does not prolong the wait.
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

  /** Refills the count and marks it as most recently used. Returns undefined when it is full again. */
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
      if (looked > SWEPT_PER_INSERT || !(isOver || this.#counts.size >= MAX_KEYS)) break;
      this.#counts.delete(key);
    }
  }

  #answer({ since }: Count, taken: number): RateLimiterRes {
    const msBeforeNext = since + this.#stepMs - this.#timer.elapsed();
    return new RateLimiterRes(Math.max(0, this.points - taken), msBeforeNext, taken);
  }
}
