import type { PushDevice } from '../../../domain/push/device.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

/** The device of the actor's session; undefined when its browser receives no push messages. */
export type ViewPushDevice = (actor: Actor) => Promise<PushDevice | undefined>;

export function makeViewPushDevice({ view }: { readonly view: StoreView }): ViewPushDevice {
  return ({ credential }) => view.pushDevices.ofSession(credential.id);
}
