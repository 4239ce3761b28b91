import type { LimitName, RateLimits } from '../../ports/rate-limits.ts';

export interface Counter {
  readonly limit: LimitName;
  readonly key: string;
}

/** The counters that one try has taken: a try counts as wrong before it is made, so that tries at the same time cannot exceed a limit. */
export class TakenCounters {
  readonly #rateLimits: Pick<RateLimits, 'take' | 'giveBack'>;
  readonly #taken: Counter[] = [];

  constructor(rateLimits: Pick<RateLimits, 'take' | 'giveBack'>) {
    this.#rateLimits = rateLimits;
  }

  /** @returns 0, or the seconds until the counter can be taken again */
  async take(counter: Counter): Promise<number> {
    const wait = await this.#rateLimits.take(counter.limit, counter.key);
    if (wait === 0) this.#taken.push(counter);
    return wait;
  }

  /** For a try that was right, or was not made. */
  async giveBack(): Promise<void> {
    for (const { limit, key } of this.#taken.splice(0)) await this.#rateLimits.giveBack(limit, key);
  }
}
