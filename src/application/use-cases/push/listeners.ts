import type { Listener } from '../../../domain/attention/announcement.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { StoreView } from '../../ports/store.ts';

/** What these users have set that decides of which messages of the chat they are told. Those who are not members are left out. */
export async function listenersIn(
  { attention }: Pick<StoreView, 'attention'>,
  chatId: ChatId,
  userIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, Listener>> {
  const members = await attention.ofMembers(chatId, userIds);
  return new Map([...members].map(([userId, set]) => [userId, { ...set, userId }]));
}
