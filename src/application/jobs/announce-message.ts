import { announcement } from '../../domain/attention/announcement.ts';
import { basisOf, READING_TIME_MS } from '../../domain/push/announcement.ts';
import type { DeviceUse } from '../feed/device-use.ts';
import type { Decided } from '../ports/announcements.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoreView } from '../ports/store.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';
import { listenersIn } from '../use-cases/push/listeners.ts';
import type { JobHandler } from './job-handlers.ts';

/**
 * Records for each device of the chat's members whether the message is to be announced on it, and adds a job for each that is. Somebody
 * who is active gets some seconds to read it first.
 */
export function makeAnnounceMessage(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly clock: Clock;
  readonly deviceUse: DeviceUse;
}): JobHandler<'announce_message'> {
  const { unitOfWork, view, clock, deviceUse } = deps;

  return async ({ chatId, position }) => {
    const place = { chatId, position };
    const [message, devices] = await Promise.all([view.messages.find(place), view.pushDevices.ofMembers(chatId)]);
    if (!message) return;
    const userIds = [...new Set(devices.map(({ userId }) => userId))];
    const listeners = await listenersIn(view, chatId, userIds);
    const at = clock.now();
    const decided = devices.flatMap(({ id: deviceId, userId }): Decided[] => {
      const listener = listeners.get(userId);
      if (!listener) return [];
      const reason = announcement(message, listener, at);
      const basis = basisOf(message, listener, at);
      return [{ deviceId, userId, reason: reason === 'sent' ? 'pending' : reason, basis }];
    });
    const active = new Set(userIds.filter((userId) => deviceUse.activeSessions(userId).size > 0));
    await unitOfWork.run(async ({ announcements, jobs }) => {
      const added = await announcements.add(place, decided);
      for (const { deviceId, userId, reason } of added) {
        if (reason !== 'pending') continue;
        const delayMs = active.has(userId) ? READING_TIME_MS : 0;
        await jobs.add({ kind: 'push_message', ...place, deviceId }, { delayMs });
      }
    });
  };
}
