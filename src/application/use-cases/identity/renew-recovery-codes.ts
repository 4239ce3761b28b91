import { isEnabled, twoStepIsOff } from '../../../domain/identity/two-step.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { confirmedUser, newRecoveryCodes } from './own-two-step.ts';

/**
 * Answers new recovery codes in place of all earlier ones.
 * @throws DomainError `confirmation_needed`; `conflict` when two-step sign-in is off
 */
export type RenewRecoveryCodes = (actor: Actor) => Promise<readonly string[]>;

export function makeRenewRecoveryCodes(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): RenewRecoveryCodes {
  const { unitOfWork, clock, secrets } = deps;

  return (actor) =>
    unitOfWork.run(async (store) => {
      const user = await confirmedUser(store, actor, clock);
      if (!isEnabled(await store.twoStep.of(user.id))) throw twoStepIsOff();
      return newRecoveryCodes(store, user, secrets);
    });
}
