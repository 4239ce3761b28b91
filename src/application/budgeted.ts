import type { Actor } from './actor.ts';
import type { Budgets } from './ports/budgets.ts';
import { tooManyRequests } from './within-limit.ts';

type Request<Asking extends Actor | undefined, Input extends unknown[], Output> = (
  actor: Asking,
  ...input: Input
) => Promise<Output>;

const REFUSALS: Readonly<Record<'writes' | 'reads', string>> = {
  writes: 'You are changing things faster than one person may.',
  reads: 'You are reading faster than one person may.',
};

/**
 * Makes a use case take one from its actor's budget before it begins. Commands and queries are wrapped where they are made, so
 * that every way in is counted alike, and one added later is counted by being listed there. Where visitors may ask too, they have no
 * budget.
 * @throws DomainError `too_many_requests`, besides what the use case throws
 */
export function budgeted(budgets: Budgets, budget: 'writes' | 'reads') {
  return <Asking extends Actor | undefined, Input extends unknown[], Output>(
    useCase: Request<Asking, Input, Output>,
  ): Request<Asking, Input, Output> =>
    async (actor, ...input) => {
      const wait = actor ? await budgets.takeShared(budget, actor.user.id) : 0;
      if (wait > 0) throw tooManyRequests(REFUSALS[budget], wait);
      return useCase(actor, ...input);
    };
}
