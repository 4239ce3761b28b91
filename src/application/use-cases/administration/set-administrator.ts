import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { assertAdministers, assertNotLast, type Caretaker, findStanding } from './administrators.ts';

export interface NewAdministrator {
  readonly userId: UserId;
  /** Whether the user is to be an administrator. */
  readonly on: boolean;
}

/**
 * Makes a user an administrator, or ends that. What is so already changes nothing.
 * @throws DomainError `not_found` for an unknown user, and to outsiders; `last_administrator`; `unavailable`
 */
export type SetAdministrator<By extends Caretaker = Actor> = (actor: By, change: NewAdministrator) => Promise<void>;

export function makeSetAdministrator(deps: {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly clock: Clock;
}): SetAdministrator<Caretaker> {
  const { unitOfWork, clock } = deps;

  return async (actor, { userId, on }) => {
    const at = clock.now();
    await unitOfWork.run(async (store) => {
      const { administration } = store;
      await administration.lock();
      const by = await assertAdministers(store, actor);
      const standing = await findStanding(administration, userId);
      if ((standing.administratorSince !== null) === on) return;
      if (!on) await assertNotLast(administration, standing);
      await administration.setAdministrator(userId, on ? at : null);
      await administration.addAct({ kind: on ? 'grant' : 'revoke', by, about: userId, detail: '', at });
    });
  };
}
