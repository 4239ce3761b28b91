import { isRegistrationUndoable } from '../../../domain/identity/registration.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';

/** Whether `undoRegistration` would remove the actor's account: it is new and unused. */
export type MayUndoRegistration = (actor: Actor) => Promise<boolean>;

export function makeMayUndoRegistration(deps: {
  readonly view: StoreView;
  readonly clock: Clock;
}): MayUndoRegistration {
  const { view, clock } = deps;

  return async ({ user }) => isRegistrationUndoable(await view.users.undoableUntil(user.id), clock.now());
}
