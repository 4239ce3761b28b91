import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { sayEnded } from './end-sessions.ts';

/** Ends the actor's session, and closes every connection that was opened with it. */
export type SignOut = (actor: Actor) => Promise<void>;

export function makeSignOut(deps: { readonly unitOfWork: UnitOfWork; readonly broadcast: Broadcast }): SignOut {
  const { unitOfWork, broadcast } = deps;

  return async ({ user, credential }) => {
    const { id: sessionId } = credential;
    await unitOfWork.run((store) => store.sessions.remove(sessionId));
    sayEnded(broadcast, [{ id: sessionId, userId: user.id }]);
  };
}
