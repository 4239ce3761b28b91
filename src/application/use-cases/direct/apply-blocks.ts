import { roleAmong } from '../../../domain/chats/direct.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Gives each person of a direct chat the role that the blocks among them leave. Run it in a unit of its own, after the unit that stored the
 * chat or the block: of two that run at once, the one that applies later sees what the other stored.
 */
export async function applyBlocks(store: Store, chatId: ChatId): Promise<void> {
  const people = (await store.chats.people([chatId])).get(chatId) ?? [];
  const blocks = await store.blocks.among(people.map(({ id }) => id));
  for (const { id } of people) await store.members.setRole(chatId, id, roleAmong(id, blocks));
}
