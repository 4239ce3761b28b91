import { deletionNotification } from '../../domain/push/notification.ts';
import type { PushSender } from '../ports/push-sender.ts';
import type { StoreView } from '../ports/store.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';
import { pushOf, surroundingsOf } from '../use-cases/push/push-payload.ts';
import type { JobHandler } from './job-handlers.ts';

/** Replaces what a device shows of a message that is still deleted; the words, if the push service still holds them, as well. */
export function makeWithdrawMessage(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly pushSender: PushSender;
}): JobHandler<'withdraw_message'> {
  const { unitOfWork, view, pushSender } = deps;

  return async ({ chatId, position, deviceId }) => {
    const [device, message] = await Promise.all([
      view.pushDevices.find(deviceId),
      view.messages.findBare({ chatId, position }),
    ]);
    if (!device || message?.kind !== 'deleted') return;
    const surroundings = await surroundingsOf(view, chatId, device.userId);
    if (!surroundings) return;
    const notification = deletionNotification(message, surroundings);
    const { badge } = surroundings;
    const outcome = await pushSender.send(pushOf(device, { notification, badge, urgency: 'normal' }));
    if (outcome === 'gone') await unitOfWork.run(({ pushDevices }) => pushDevices.remove(deviceId));
  };
}
