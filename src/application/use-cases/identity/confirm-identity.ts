import { wrongCode } from '../../../domain/identity/two-step.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { OwnPassword, type OwnPasswordDeps } from './own-password.ts';
import { SecondStep } from './second-step.ts';

export interface Confirmation {
  readonly password: string;
  /** Of the second step, as typed; not looked at where the actor needs none. */
  readonly code: string;
  /** As in `Credentials`: wrong passwords are counted by them. */
  readonly address: string;
  readonly network: string;
}

/**
 * Notes that the actor has shown in this session who they are. For ten minutes it may then change how the account is signed in to.
 * @throws DomainError `wrong_password`, `wrong_code`, `too_many_requests`, `unavailable`
 */
export type ConfirmIdentity = (actor: Actor, confirmation: Confirmation) => Promise<void>;

export function makeConfirmIdentity(
  deps: OwnPasswordDeps & { readonly unitOfWork: UnitOfWork; readonly clock: Clock },
): ConfirmIdentity {
  const { unitOfWork, clock } = deps;
  const [ownPassword, secondStep] = [new OwnPassword(deps), new SecondStep(deps)];

  return async ({ user, credential }, { code, ...given }) => {
    const assertStill = await ownPassword.check(user, { ...given, refusal: REFUSAL });
    await secondStep.counted(user.id, () =>
      unitOfWork.run(async (store) => {
        await assertStill(store);
        const now = clock.now();
        if (!(await secondStep.isTaken(store.twoStep, { userId: user.id, code, now }))) throw wrongCode();
        await store.sessions.confirm(credential.id, now);
      }),
    );
  };
}

const REFUSAL = 'That is not your password.';
