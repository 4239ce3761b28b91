import type { Membership } from '../../../domain/chats/membership.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { StoreView } from '../../ports/store.ts';

type Key = Pick<Membership, 'chatId' | 'userId'>;

/** @throws Error when there is no such user: users are never removed from the store */
export async function findUserOf({ users }: Pick<StoreView, 'users'>, { chatId, userId }: Key): Promise<User> {
  const user = await users.find(userId);
  if (!user) throw new Error(`User ${userId} is known to chat ${chatId} and does not exist.`);
  return user;
}
