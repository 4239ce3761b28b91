import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { BulkTurns } from '../../feed/bulk-turns.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';
import { type HistoryPage, type HistoryPlace, historyPage } from './history-page.ts';

/**
 * The newest `limit` messages before a position, or the newest of all.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ReadHistory = (actor: Actor, page: HistoryPlace & { readonly chatId: ChatId }) => Promise<HistoryPage>;

export function makeReadHistory({
  view,
  pageTurns,
}: {
  readonly view: StoreView;
  readonly pageTurns: BulkTurns;
}): ReadHistory {
  return async (actor, { chatId, ...place }) => {
    assertAllowed(await view.members.find(chatId, actor.user.id), mayRead);
    const chat = await findChat(view, chatId);
    return pageTurns.run(actor.user.id, () => historyPage(view, chat, place));
  };
}
