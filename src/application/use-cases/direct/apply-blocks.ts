import { type Block, roleAmong } from '../../../domain/chats/direct.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Gives each person of a direct chat the role that the blocks among them, and a deactivated account of one of two, leave. Run it in a unit of its own, after the unit that stored the
 * chat or the block: of two that run at once, the one that applies later sees what the other stored.
 */
export async function applyBlocks(store: Store, chatId: ChatId): Promise<void> {
  const people = (await store.chats.people([chatId])).get(chatId) ?? [];
  const ids = people.map(({ id }) => id);
  const blocks = [...(await store.blocks.among(ids)), ...(await closedBy(store, ids))];
  for (const id of ids) await store.members.setRole(chatId, id, roleAmong(id, blocks));
}

/** Nobody writes directly to a person whose account is deactivated, as if they had blocked the other. With several people, chats go on. */
async function closedBy({ administration }: Store, [one, other, third]: readonly UserId[]): Promise<readonly Block[]> {
  if (one === undefined || other === undefined || third !== undefined) return [];
  const deactivated = await administration.deactivatedAmong([one, other]);
  return deactivated.map((by) => ({ by, blocked: by === one ? other : one }));
}
