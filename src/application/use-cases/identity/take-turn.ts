import type { Actor } from '../../actor.ts';
import type { BudgetName, Budgets } from '../../ports/budgets.ts';

/** The budgets that frames are counted against. */
export type FrameBudget = Exclude<BudgetName, 'stored_bytes'>;

/**
 * Takes one from a budget of the actor and answers 0; or takes nothing and answers in how many milliseconds there is one.
 * It answers at once, from what this instance knows: for callers that pace what they are sent and refuse none of it.
 */
export type TakeTurn = (actor: Actor, budget: FrameBudget) => number;

export function makeTakeTurn({ budgets }: { readonly budgets: Budgets }): TakeTurn {
  return ({ user }, budget) => budgets.take(budget, user.id);
}
