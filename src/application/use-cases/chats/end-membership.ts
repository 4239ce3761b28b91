import type { Membership } from '../../../domain/chats/membership.ts';
import type { Store } from '../../ports/store.ts';

/** Also removes the invites that the member made: otherwise a removed member could rejoin with one of them. */
export async function endMembership(store: Store, { chatId, userId }: Membership): Promise<void> {
  await store.members.remove(chatId, userId);
  await store.invites.removeMadeBy(chatId, userId);
}
