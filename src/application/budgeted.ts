import type { Actor } from './actor.ts';
import type { Budgets } from './ports/budgets.ts';
import type { FrameBudget } from './use-cases/identity/take-turn.ts';
import { tooManyRequests } from './within-limit.ts';

type Request<Asking extends Actor | undefined, Input extends unknown[], Output> = (
  actor: Asking,
  ...input: Input
) => Promise<Output>;

const REFUSALS: Readonly<Record<FrameBudget, string>> = {
  writes: 'You are making changes too fast.',
  reads: 'You are reading too fast.',
  signals: 'You are telling what you have read too often.',
  typing: 'You are telling that you are writing too often.',
  presence: 'You are telling that you are connected too often.',
};

/**
 * Makes a use case take one unit of its actor's budget before it begins. Use cases are wrapped where they are made, so that every
 * adapter is counted alike. Visitors who are signed out have no budget.
 * @throws DomainError `too_many_requests`, besides what the use case throws
 */
export function budgeted(budgets: Budgets, budget: FrameBudget) {
  return <Asking extends Actor | undefined, Input extends unknown[], Output>(
    useCase: Request<Asking, Input, Output>,
  ): Request<Asking, Input, Output> =>
    async (actor, ...input) => {
      const wait = actor ? await budgets.takeShared(budget, actor.user.id) : 0;
      if (wait > 0) throw tooManyRequests(REFUSALS[budget], wait);
      return useCase(actor, ...input);
    };
}
