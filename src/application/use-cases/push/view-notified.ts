import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { AnnouncementReason } from '../../../domain/push/announcement.ts';
import type { PushDeviceId } from '../../../domain/push/device.ts';
import type { Actor } from '../../actor.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { StoreView } from '../../ports/store.ts';
import { findBareMessage } from '../messages/find-message.ts';

export interface NotifiedDevice {
  /** Null in the one entry of a user who had no device when the message came, or who wrote it. */
  readonly deviceId: PushDeviceId | null;
  /** Whether it is the device of the actor's session. */
  readonly isThis: boolean;
  readonly reason: AnnouncementReason;
}

/**
 * Why the message was, or was not, announced on each of the actor's devices, by device. Decisions are remembered for seven days.
 * @throws DomainError `forbidden` for anyone but a member; `not_found`
 */
export type ViewNotified = (actor: Actor, place: MessagePlace) => Promise<readonly NotifiedDevice[]>;

export function makeViewNotified({ view }: { readonly view: StoreView }): ViewNotified {
  return async ({ user, credential }, place) => {
    assertAllowed(await view.members.find(place.chatId, user.id), mayRead);
    const [{ author }, decided, here] = await Promise.all([
      findBareMessage(view, place),
      view.announcements.of(place, user.id),
      view.pushDevices.ofSession(credential.id),
    ]);
    if (decided.length === 0) {
      const reason = author.id === user.id ? 'own' : 'no_device';
      return [{ deviceId: null, isThis: false, reason }];
    }
    return decided.map(({ deviceId, reason }) => ({ deviceId, isThis: deviceId === here?.id, reason }));
  };
}
