import type { Actor } from '../../actor.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/**
 * Sends no more push messages to the browser of the actor's session. Without a device it changes nothing.
 * @throws DomainError `unavailable`
 */
export type RemovePushDevice = (actor: Actor) => Promise<void>;

export function makeRemovePushDevice({ unitOfWork }: { readonly unitOfWork: UnitOfWork }): RemovePushDevice {
  return ({ credential }) =>
    unitOfWork.run(async ({ pushDevices }) => {
      const device = await pushDevices.ofSession(credential.id);
      if (device) await pushDevices.remove(device.id);
    });
}
