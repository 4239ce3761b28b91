import { announcement } from '../../domain/attention/announcement.ts';
import type { PushMessage } from '../../domain/jobs/job.ts';
import type { Message, TextMessage } from '../../domain/messages/message.ts';
import { type AnnouncementReason, basisOf, whyNotSent } from '../../domain/push/announcement.ts';
import type { PushDevice } from '../../domain/push/device.ts';
import { notificationOf } from '../../domain/push/notification.ts';
import type { DeviceUse } from '../feed/device-use.ts';
import type { Settled } from '../ports/announcements.ts';
import type { Clock } from '../ports/clock.ts';
import type { MessagePlace } from '../ports/messages.ts';
import type { PushOutcome, PushSender } from '../ports/push-sender.ts';
import type { Store, StoreView } from '../ports/store.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';
import { listenersIn } from '../use-cases/push/listeners.ts';
import { pushOf, surroundingsOf } from '../use-cases/push/push-payload.ts';
import type { JobHandler } from './job-handlers.ts';

const OUTCOMES = { sent: 'sent', gone: 'endpoint_gone', refused: 'failed' } as const satisfies Record<
  PushOutcome,
  AnnouncementReason
>;

type Outcome = Omit<Settled, 'deviceId'>;

/**
 * Sends a message to a device, and records what became of it. Everything is decided again just before that, since meanwhile the message
 * may have been read or deleted, and its reader may have changed their settings or left. A message whose sending was not recorded, since
 * the process ended, is sent a second time: it replaces itself on the device.
 */
export function makePushMessage(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly clock: Clock;
  readonly deviceUse: DeviceUse;
  readonly pushSender: PushSender;
}): JobHandler<'push_message'> {
  const { unitOfWork, view, clock, deviceUse } = deps;

  async function outcomeFor(device: PushDevice, message: Message): Promise<Outcome> {
    const { chatId, position } = message;
    const [listeners, readings] = await Promise.all([
      listenersIn(view, chatId, [device.userId]),
      view.reading.ofMembers(chatId, [device.userId]),
    ]);
    const [listener, reading] = [listeners.get(device.userId), readings.get(device.userId)];
    // A person who has left the chat is told nothing of it.
    if (!listener || !reading) return { reason: 'withdrawn' };
    const at = clock.now();
    const basis = basisOf(message, listener, at);
    const decided = announcement(message, listener, at);
    if (decided !== 'sent' || message.kind !== 'text') return { reason: decided, basis };
    const isInUse = deviceUse.activeSessions(device.userId).has(device.sessionId);
    const reason = whyNotSent(position, { pointer: reading.pointer, isInUse }) ?? (await send(deps, device, message));
    return { reason, basis };
  }

  async function attempt({ deviceId, ...place }: Omit<PushMessage, 'kind'>): Promise<Outcome> {
    const [device, message] = await Promise.all([view.pushDevices.find(deviceId), view.messages.find(place)]);
    return device && message ? outcomeFor(device, message) : { reason: 'no_device' };
  }

  return async ({ chatId, position, deviceId }, { isLast }) => {
    const place = { chatId, position };
    const outcome = await attempt({ ...place, deviceId }).catch(async (error: unknown) => {
      if (isLast)
        await unitOfWork.run(({ announcements }) => announcements.settle(place, { deviceId, reason: 'failed' }));
      throw error;
    });
    await unitOfWork.run((store) => record(store, place, { deviceId, ...outcome }));
  };
}

async function send(
  { view, pushSender }: { readonly view: StoreView; readonly pushSender: PushSender },
  device: PushDevice,
  message: TextMessage,
): Promise<AnnouncementReason> {
  const surroundings = await surroundingsOf(view, message.chatId, device.userId);
  if (!surroundings) return 'withdrawn';
  const { isDirect, badge } = surroundings;
  const isCall = isDirect || message.mentions.some(({ userId }) => userId === device.userId);
  const notification = notificationOf(message, surroundings);
  const outcome = await pushSender.send(pushOf(device, { notification, badge, urgency: isCall ? 'high' : 'normal' }));
  return OUTCOMES[outcome];
}

async function record(store: Store, place: MessagePlace, settled: Settled): Promise<void> {
  const { announcements, jobs, messages, pushDevices } = store;
  const { deviceId, reason } = settled;
  await announcements.settle(place, settled);
  if (reason === 'endpoint_gone') await pushDevices.remove(deviceId);
  // Deleted while it was being sent: the deletion found nothing to withdraw.
  const isDeleted = reason === 'sent' && (await messages.findBare(place))?.kind === 'deleted';
  if (isDeleted) await jobs.add({ kind: 'withdraw_message', ...place, deviceId }, { delayMs: 0 });
}
