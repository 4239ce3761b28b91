import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { assertAdministers, type Caretaker, findStanding } from './administrators.ts';

/**
 * Turns two-step sign-in off for a user who lost their app and their recovery codes. Answers whether it was on, or being set up.
 * @throws DomainError `not_found` for an unknown user, and to outsiders; `unavailable`
 */
export type TurnOffTwoStep<By extends Caretaker = Actor> = (actor: By, userId: UserId) => Promise<boolean>;

export function makeTurnOffTwoStep(deps: {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly clock: Clock;
}): TurnOffTwoStep<Caretaker> {
  const { unitOfWork, clock } = deps;

  return async (actor, userId) => {
    const at = clock.now();
    return unitOfWork.run(async (store) => {
      const { administration, twoStep } = store;
      await administration.lock();
      const by = await assertAdministers(store, actor);
      await findStanding(administration, userId);
      const wasOn = await twoStep.remove(userId);
      if (wasOn) await administration.addAct({ kind: 'two_step_off', by, about: userId, detail: '', at });
      return wasOn;
    });
  };
}
