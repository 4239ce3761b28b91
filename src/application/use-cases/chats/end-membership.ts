import type { Membership } from '../../../domain/chats/membership.ts';
import type { Store } from '../../ports/store.ts';

/** An invite lasts no longer than its maker's membership: nobody comes back by a link of their own. */
export async function endMembership(store: Store, { chatId, userId }: Membership): Promise<void> {
  await store.members.remove(chatId, userId);
  await store.invites.removeMadeBy(chatId, userId);
}
