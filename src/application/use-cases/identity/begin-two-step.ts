import { isEnabled, SECRET_BYTES, twoStepIsOn } from '../../../domain/identity/two-step.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { confirmedUser } from './own-two-step.ts';

/**
 * Begins to set two-step sign-in up: answers a new secret (base32) for the actor's app. Nothing is asked at sign-in before `EnableTwoStep`.
 * @throws DomainError `confirmation_needed`; `conflict` when it is on
 */
export type BeginTwoStep = (actor: Actor) => Promise<string>;

export function makeBeginTwoStep(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): BeginTwoStep {
  const { unitOfWork, clock, secrets } = deps;

  return (actor) =>
    unitOfWork.run(async (store) => {
      const { id } = await confirmedUser(store, actor, clock);
      if (isEnabled(await store.twoStep.of(id))) throw twoStepIsOn();
      const secret = secrets.base32(SECRET_BYTES);
      await store.twoStep.begin(id, secret);
      return secret;
    });
}
