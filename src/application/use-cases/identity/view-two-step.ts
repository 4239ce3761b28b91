import { isConfirmed, isEnabled } from '../../../domain/identity/two-step.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';

export interface TwoStepState {
  readonly isEnabled: boolean;
  readonly recoveryLeft: number;
  /** The actor may change it without confirming who they are. */
  readonly isConfirmed: boolean;
  /** Base32, while it is being set up: only for who is confirmed. */
  readonly secret: string | undefined;
}

/** Whether signing in to the actor's account takes a second step. */
export type ViewTwoStep = (actor: Actor) => Promise<TwoStepState>;

export function makeViewTwoStep({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): ViewTwoStep {
  return async ({ user, credential }) => {
    const session = (await view.sessions.find(credential.id))?.session;
    const known = await view.twoStep.of(user.id);
    const mayChange = session !== undefined && isConfirmed(session, clock.now());
    return {
      isEnabled: isEnabled(known),
      recoveryLeft: await view.twoStep.recoveryLeft(user.id),
      isConfirmed: mayChange,
      secret: mayChange && !isEnabled(known) ? known?.secret : undefined,
    };
  };
}
