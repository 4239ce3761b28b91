import { MemoryLimiter } from '../adapters/rate-limiter/memory-limiter.ts';
import { makeRateLimits, noRateLimits } from '../adapters/rate-limiter/rate-limits.ts';
import type { RateLimits } from '../application/ports/rate-limits.ts';
import type { Timer } from '../application/ports/timer.ts';
import type { Config } from './config.ts';

/** What is counted, and where: in this process, as long as it is the only one. */
export function openRateLimits({ limits }: Pick<Config, 'limits'>, timer: Timer): RateLimits {
  return limits ? makeRateLimits(limits.rates, (_name, rate) => new MemoryLimiter(rate, timer)) : noRateLimits;
}
