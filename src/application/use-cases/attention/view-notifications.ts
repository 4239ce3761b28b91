import type { NotificationSettings } from '../../../domain/attention/settings.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

/** What the actor set for all their chats, or else the usual settings. */
export type ViewNotifications = (actor: Actor) => Promise<NotificationSettings>;

export function makeViewNotifications({ view }: { readonly view: StoreView }): ViewNotifications {
  return ({ user }) => view.attention.settingsOf(user.id);
}
