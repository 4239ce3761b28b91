import { assertRegistrationUndoable } from '../../../domain/identity/registration.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { sayEnded } from './end-sessions.ts';

/**
 * Removes an account that was created by mistake, and its sessions. The name becomes free.
 * @throws DomainError `conflict` when the account was used since, or was created too long ago; `unavailable`
 */
export type UndoRegistration = (actor: Actor) => Promise<void>;

export function makeUndoRegistration(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): UndoRegistration {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }) => {
    const now = clock.now();
    const ended = await unitOfWork.run(async (store) => {
      assertRegistrationUndoable(await store.users.undoableUntil(user.id), now);
      const sessions = await store.sessions.ofUser(user.id);
      for (const { id } of sessions) await store.sessions.remove(id);
      // A concurrent unit may have settled the account since it was read.
      if (!(await store.users.removeUnsettled(user.id))) assertRegistrationUndoable(undefined, now);
      return sessions;
    });
    sayEnded(broadcast, ended);
  };
}
