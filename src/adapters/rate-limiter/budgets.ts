import type { BudgetName, Budgets } from '../../application/ports/budgets.ts';
import { TokenBuckets } from './token-buckets.ts';

export type Buckets = Readonly<Record<BudgetName, TokenBuckets>>;

type BucketOptions = ConstructorParameters<typeof TokenBuckets>;

export function makeBuckets(rates: Readonly<Record<BudgetName, BucketOptions[0]>>, timer: BucketOptions[1]): Buckets {
  return {
    writes: new TokenBuckets(rates.writes, timer),
    reads: new TokenBuckets(rates.reads, timer),
    signals: new TokenBuckets(rates.signals, timer),
    typing: new TokenBuckets(rates.typing, timer),
    presence: new TokenBuckets(rates.presence, timer),
    stored_bytes: new TokenBuckets(rates.stored_bytes, timer),
  };
}

/** Budgets where this process is the whole installation. */
export function makeLocalBudgets(buckets: Buckets): Budgets {
  return {
    take: (budget, userId) => buckets[budget].take(userId),
    takeShared: async (budget, userId) => buckets[budget].take(userId),
    wait: (budget, userId, amount) => buckets[budget].wait(userId, amount),
    spend: (budget, userId, amount) => buckets[budget].spend(userId, amount),
  };
}

/** For `RATE_LIMITS=off`. */
export const noBudgets: Budgets = {
  take: () => 0,
  takeShared: async () => 0,
  wait: () => 0,
  spend: () => undefined,
};
