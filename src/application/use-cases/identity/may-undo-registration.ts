import { isRegistrationUndoable } from '../../../domain/identity/registration.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';

/** Whether the actor's account is new and unused, so that `undoRegistration` would remove it. */
export type MayUndoRegistration = (actor: Actor) => Promise<boolean>;

export function makeMayUndoRegistration(deps: {
  readonly view: StoreView;
  readonly clock: Clock;
}): MayUndoRegistration {
  const { view, clock } = deps;

  return async ({ user }) => isRegistrationUndoable(await view.users.undoableUntil(user.id), clock.now());
}
