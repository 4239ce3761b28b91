import { measured } from '../adapters/rate-limiter/measured.ts';
import { MemoryLimiter } from '../adapters/rate-limiter/memory-limiter.ts';
import { makeRateLimits, noRateLimits } from '../adapters/rate-limiter/rate-limits.ts';
import type { Measurements } from '../application/ports/measurements.ts';
import type { RateLimits } from '../application/ports/rate-limits.ts';
import type { Timer } from '../application/ports/timer.ts';
import type { Config } from './config.ts';

/** What is counted, and where: in this process, as long as it is the only one. */
export function openRateLimits(
  { limits }: Pick<Config, 'limits'>,
  timer: Timer,
  measurements?: Measurements,
): RateLimits {
  if (!limits) return noRateLimits;
  const rateLimits = makeRateLimits(limits.rates, (_name, rate) => new MemoryLimiter(rate, timer));
  return measurements ? measured(rateLimits, measurements) : rateLimits;
}
