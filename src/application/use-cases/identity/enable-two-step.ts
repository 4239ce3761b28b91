import { isEnabled, stepOf, twoStepIsOff, twoStepIsOn, wrongCode } from '../../../domain/identity/two-step.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { confirmedUser, newRecoveryCodes } from './own-two-step.ts';
import { SecondStep } from './second-step.ts';
import { settleAccount } from './settle-account.ts';

/**
 * Turns two-step sign-in on by the first code of the app, and answers the recovery codes, which are shown this once.
 * @throws DomainError `confirmation_needed`, `wrong_code`, `too_many_requests`; `conflict` when it is on, or was not begun
 */
export type EnableTwoStep = (actor: Actor, code: string) => Promise<readonly string[]>;

export function makeEnableTwoStep(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly rateLimits: RateLimits;
}): EnableTwoStep {
  const { unitOfWork, clock, secrets } = deps;
  const secondStep = new SecondStep(deps);

  return (actor, code) =>
    secondStep.counted(actor.user.id, () =>
      unitOfWork.run(async (store) => {
        const user = await confirmedUser(store, actor, clock);
        const known = await store.twoStep.of(user.id);
        if (!known) throw twoStepIsOff();
        if (isEnabled(known)) throw twoStepIsOn();
        const { secret, lastStep } = known;
        const now = clock.now();
        const step = stepOf(code, { now, lastStep, codeAt: (asked) => secrets.timeCode(secret, asked) });
        if (step === undefined) throw wrongCode();
        await settleAccount(store, user);
        await store.twoStep.enable(user.id, { at: now, step });
        return newRecoveryCodes(store, user, secrets);
      }),
    );
}
