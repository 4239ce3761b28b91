import { DomainError } from '../../../domain/errors.ts';
import { TEST_NOTIFICATION } from '../../../domain/push/notification.ts';
import type { Actor } from '../../actor.ts';
import type { Log } from '../../ports/log.ts';
import type { PushOutcome, PushSender } from '../../ports/push-sender.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { badgeOf, pushOf } from './push-payload.ts';

/**
 * Sends a notification to the browser of the actor's session, at once and whatever the actor has set, and tells what became of it. A
 * device whose subscription has ended is removed.
 * @throws DomainError `not_found` when the browser receives no push messages; `unavailable` when the push service could not be reached
 */
export type TestPushDevice = (actor: Actor) => Promise<PushOutcome>;

export function makeTestPushDevice(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly pushSender: PushSender;
  readonly log: Log;
}): TestPushDevice {
  const { unitOfWork, view, pushSender, log } = deps;

  return async ({ user, credential }) => {
    const device = await view.pushDevices.ofSession(credential.id);
    if (!device) throw new DomainError('not_found', 'This browser receives no notifications.');
    const badge = await badgeOf(view, user.id);
    const push = pushOf(device, { notification: TEST_NOTIFICATION, badge, urgency: 'high' });
    const outcome = await pushSender.send(push).catch((err: unknown) => {
      log.warn({ event: 'push_unreachable', err }, 'a push service did not take a message for a test');
      throw new DomainError('unavailable', 'The push service of your browser could not be reached. Try again later.');
    });
    if (outcome === 'gone') await unitOfWork.run(({ pushDevices }) => pushDevices.remove(device.id));
    return outcome;
  };
}
