import type { Actor } from '../../actor.ts';
import type { Budgets } from '../../ports/budgets.ts';

/**
 * Takes one from the actor's budget of writes and answers 0; or takes nothing and answers in how many milliseconds there is one.
 * It answers at once, from what this instance knows: for callers that pace what they are sent and refuse none of it.
 */
export type TakeWrite = (actor: Actor) => number;

export function makeTakeWrite({ budgets }: { readonly budgets: Budgets }): TakeWrite {
  return ({ user }) => budgets.take('writes', user.id);
}
