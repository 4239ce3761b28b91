import type { BudgetName, Budgets } from '../../application/ports/budgets.ts';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { RateLimits } from '../../application/ports/rate-limits.ts';

/** Limits that count how often they were reached. */
export function measured(limits: RateLimits, measurements: Pick<Measurements, 'limited'>): RateLimits {
  return {
    ...limits,
    async take(limit, key) {
      const wait = await limits.take(limit, key);
      if (wait > 0) measurements.limited(limit);
      return wait;
    },
    async wait(limit, key) {
      const wait = await limits.wait(limit, key);
      if (wait > 0) measurements.limited(limit);
      return wait;
    },
  };
}

/** Budgets that count how often they were used up. */
export function measuredBudgets(budgets: Budgets, measurements: Pick<Measurements, 'limited'>): Budgets {
  const counted = (budget: BudgetName, wait: number): number => {
    if (wait > 0) measurements.limited(budget);
    return wait;
  };
  return {
    take: (budget, userId) => counted(budget, budgets.take(budget, userId)),
    takeShared: async (budget, userId) => counted(budget, await budgets.takeShared(budget, userId)),
    wait: (budget, userId, amount) => counted(budget, budgets.wait(budget, userId, amount)),
    spend: (budget, userId, amount) => budgets.spend(budget, userId, amount),
  };
}
