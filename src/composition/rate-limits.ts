import { makeBuckets, makeLocalBudgets, noBudgets } from '../adapters/rate-limiter/budgets.ts';
import { measured, measuredBudgets } from '../adapters/rate-limiter/measured.ts';
import { MemoryLimiter } from '../adapters/rate-limiter/memory-limiter.ts';
import { makeRateLimits, noRateLimits } from '../adapters/rate-limiter/rate-limits.ts';
import type { Budgets } from '../application/ports/budgets.ts';
import type { Measurements } from '../application/ports/measurements.ts';
import type { RateLimits } from '../application/ports/rate-limits.ts';
import type { Timer } from '../application/ports/timer.ts';
import type { Config } from './config.ts';
import type { Realtime } from './realtime.ts';

interface Counting extends Pick<Realtime, 'sharedLimiter' | 'sharedBudgets'> {
  readonly timer: Timer;
  readonly measurements: Measurements | undefined;
}

/** Counts in this process, or together with the other instances. */
export function openRateLimits({ limits }: Pick<Config, 'limits'>, counting: Counting): RateLimits {
  if (!limits) return noRateLimits;
  const { timer, sharedLimiter, measurements } = counting;
  const rateLimits = makeRateLimits(limits.rates, (name, rate) => {
    const alone = new MemoryLimiter(rate, timer);
    return sharedLimiter?.({ name, rate, alone }) ?? alone;
  });
  return measurements ? measured(rateLimits, measurements) : rateLimits;
}

/** The same for budgets. */
export function openBudgets({ limits }: Pick<Config, 'limits'>, counting: Counting): Budgets {
  if (!limits) return noBudgets;
  const { timer, sharedBudgets, measurements } = counting;
  const buckets = makeBuckets(limits.budgets, timer);
  const budgets = sharedBudgets?.(buckets) ?? makeLocalBudgets(buckets);
  return measurements ? measuredBudgets(budgets, measurements) : budgets;
}
