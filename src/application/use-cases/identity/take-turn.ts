import type { Actor } from '../../actor.ts';
import type { BudgetName, Budgets } from '../../ports/budgets.ts';

/** The budgets that frames are counted against. */
export type FrameBudget = Exclude<BudgetName, 'stored_bytes'>;

/**
 * Takes one token of the actor's budget and answers 0; or takes none and answers in how many milliseconds there will be one. It asks only
 * this instance and answers at once: for adapters that slow a client down instead of refusing its frames.
 */
export type TakeTurn = (actor: Actor, budget: FrameBudget) => number;

export function makeTakeTurn({ budgets }: { readonly budgets: Budgets }): TakeTurn {
  return ({ user }, budget) => budgets.take(budget, user.id);
}
