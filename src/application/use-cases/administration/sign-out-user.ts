import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { assertAdministers, type Caretaker, findStanding } from './administrators.ts';
import { removeSessions } from './remove-sessions.ts';

/**
 * Ends all sessions of a user, and answers how many there were.
 * @throws DomainError `not_found` for an unknown user, and to outsiders; `unavailable`
 */
export type SignOutUser<By extends Caretaker = Actor> = (actor: By, userId: UserId) => Promise<number>;

export function makeSignOutUser(deps: {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly clock: Clock;
}): SignOutUser<Caretaker> {
  const { unitOfWork, clock } = deps;

  return async (actor, userId) => {
    const at = clock.now();
    return unitOfWork.run(async (store) => {
      const { administration } = store;
      await administration.lock();
      const by = await assertAdministers(store, actor);
      await findStanding(administration, userId);
      const ended = await removeSessions(store, userId);
      if (ended > 0) await administration.addAct({ kind: 'sign_out', by, about: userId, detail: '', at });
      return ended;
    });
  };
}
