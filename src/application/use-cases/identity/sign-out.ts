import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/** Ends the actor's session, and closes every connection that was opened with it. */
export type SignOut = (actor: Actor) => Promise<void>;

export function makeSignOut(deps: { readonly unitOfWork: UnitOfWork; readonly broadcast: Broadcast }): SignOut {
  const { unitOfWork, broadcast } = deps;

  return async ({ user, credential }) => {
    const { id: sessionId } = credential;
    await unitOfWork.run((store) => store.sessions.remove(sessionId));
    broadcast.publishToUser(user.id, { type: 'session_ended', userId: user.id, sessionId });
  };
}
