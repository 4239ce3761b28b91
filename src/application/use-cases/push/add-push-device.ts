import { DomainError } from '../../../domain/errors.ts';
import type { PushDevice } from '../../../domain/push/device.ts';
import { type Subscription, subscription } from '../../../domain/push/subscription.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PushSender } from '../../ports/push-sender.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/**
 * Sends push messages to the browser of the actor's session from now on, until the session ends.
 * @param origin the origin under which the browser knows this installation
 * @throws DomainError `invalid_subscription`, also for an endpoint to which the server does not connect; `unavailable`
 */
export type AddPushDevice = (actor: Actor, given: Subscription, origin: string) => Promise<PushDevice>;

export function makeAddPushDevice(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly clock: Clock;
  readonly pushSender: PushSender;
}): AddPushDevice {
  const { unitOfWork, view, clock, pushSender } = deps;

  return async ({ user, credential }, given, origin) => {
    const checked = subscription(given);
    if (!pushSender.isAllowed(checked))
      throw new DomainError('invalid_subscription', 'This server sends no push messages to this endpoint.');
    const added = { userId: user.id, sessionId: credential.id, subscription: checked, origin };
    // Pages tell of their subscription whenever they are opened. Nothing is written while it is the same.
    const known = await view.pushDevices.ofSession(credential.id);
    if (known && isSame(known, added)) return known;
    return unitOfWork.run(async (store) => {
      if (!(await store.sessions.find(credential.id))) throw new DomainError('unauthenticated', 'You are signed out.');
      return store.pushDevices.add({ ...added, createdAt: clock.now() });
    });
  };
}

function isSame(known: PushDevice, { subscription, origin }: Pick<PushDevice, 'subscription' | 'origin'>): boolean {
  const { endpoint, publicKey, auth } = known.subscription;
  const isSameSubscription =
    endpoint === subscription.endpoint && publicKey === subscription.publicKey && auth === subscription.auth;
  return isSameSubscription && known.origin === origin;
}
