import { measured } from '../adapters/rate-limiter/measured.ts';
import { MemoryLimiter } from '../adapters/rate-limiter/memory-limiter.ts';
import { makeRateLimits, noRateLimits } from '../adapters/rate-limiter/rate-limits.ts';
import type { Measurements } from '../application/ports/measurements.ts';
import type { RateLimits } from '../application/ports/rate-limits.ts';
import type { Timer } from '../application/ports/timer.ts';
import type { Config } from './config.ts';
import type { Realtime } from './realtime.ts';

interface Counting {
  readonly timer: Timer;
  readonly sharedLimiter: Realtime['sharedLimiter'];
  readonly measurements: Measurements | undefined;
}

/** What is counted, and where: in this process, or with the other instances. */
export function openRateLimits({ limits }: Pick<Config, 'limits'>, counting: Counting): RateLimits {
  if (!limits) return noRateLimits;
  const { timer, sharedLimiter, measurements } = counting;
  const rateLimits = makeRateLimits(limits.rates, (name, rate) => {
    const alone = new MemoryLimiter(rate, timer);
    return sharedLimiter?.({ name, rate, alone }) ?? alone;
  });
  return measurements ? measured(rateLimits, measurements) : rateLimits;
}
