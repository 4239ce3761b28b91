import { keywords } from '../../../domain/attention/keywords.ts';
import { quietHours, type WrittenQuietHours } from '../../../domain/attention/quiet-hours.ts';
import type { NotificationSettings } from '../../../domain/attention/settings.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { settleAccount } from '../identity/settle-account.ts';

/** What is undefined stays as it is. */
export interface NewNotifications {
  /** Null for none. */
  readonly quietHours?: WrittenQuietHours | null | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly sound?: boolean | undefined;
}

/**
 * Sets the actor's quiet hours, keywords and sound, for all their chats and devices.
 * @throws DomainError `invalid_notifications`, `unavailable`
 */
export type SetNotifications = (actor: Actor, changes: NewNotifications) => Promise<NotificationSettings>;

export function makeSetNotifications(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
}): SetNotifications {
  const { unitOfWork, broadcast } = deps;
  return async ({ user }, changes) => {
    const set = await unitOfWork.run(async (store) => {
      await settleAccount(store, user);
      const settings = newSettings(await store.attention.settingsOf(user.id), changes);
      await store.attention.setSettings(user.id, settings);
      return settings;
    });
    broadcast.publishToUser(user.id, { type: 'notifications_set', userId: user.id });
    return set;
  };
}

/** @throws DomainError `invalid_notifications` */
export function newSettings(before: NotificationSettings, changes: NewNotifications): NotificationSettings {
  const hours = changes.quietHours && quietHours(changes.quietHours);
  return {
    quietHours: hours === undefined ? before.quietHours : hours,
    keywords: changes.keywords ? keywords(changes.keywords) : before.keywords,
    sound: changes.sound ?? before.sound,
  };
}
