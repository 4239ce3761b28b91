import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { confirmedUser } from './own-two-step.ts';

/**
 * Turns it off, and removes the recovery codes. Answers whether it was on.
 * @throws DomainError `confirmation_needed`
 */
export type DisableTwoStep = (actor: Actor) => Promise<boolean>;

export function makeDisableTwoStep(deps: { readonly unitOfWork: UnitOfWork; readonly clock: Clock }): DisableTwoStep {
  const { unitOfWork, clock } = deps;

  return (actor) =>
    unitOfWork.run(async (store) => {
      const { id } = await confirmedUser(store, actor, clock);
      return store.twoStep.remove(id);
    });
}
