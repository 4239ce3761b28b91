import type { Membership } from '../../../domain/chats/membership.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { StoreView } from '../../ports/store.ts';

/** @throws Error when there is no such user, which no membership outlives */
export async function findUserOf({ users }: Pick<StoreView, 'users'>, { chatId, userId }: Membership): Promise<User> {
  const user = await users.find(userId);
  if (!user) throw new Error(`User ${userId} is a member of chat ${chatId} and does not exist.`);
  return user;
}
