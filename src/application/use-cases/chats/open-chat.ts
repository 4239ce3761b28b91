import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAllowed, closedChat, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { BulkTurns } from '../../feed/bulk-turns.ts';
import type { StoreView } from '../../ports/store.ts';
import { type HistoryPage, type HistoryPlace, historyPage } from '../messages/history-page.ts';

export interface Opening extends HistoryPlace {
  readonly chatId: ChatId;
  /** What an earlier call answered this actor for this very place: what has not changed since is not read again. */
  readonly cached?: Omit<OpenedChat, 'history'> | undefined;
}

export interface OpenedChat {
  readonly chat: Chat;
  readonly members: number;
  /** All of the actor's chats, the one joined last first. */
  readonly chats: readonly Chat[];
  /** Undefined when the history that the caller has cached is still the chat's. */
  readonly history: HistoryPage | undefined;
  /** The store's, before anything of this was read; undefined where it has none. */
  readonly version: number | undefined;
}

/**
 * All that a chat's page shows. Each change of a history takes the chat's next revision, so that one of an old revision is
 * never taken for the present.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type OpenChat = (actor: Actor, opening: Opening) => Promise<OpenedChat>;

export function makeOpenChat({
  view,
  pageTurns,
}: {
  readonly view: StoreView;
  readonly pageTurns: BulkTurns;
}): OpenChat {
  return async (actor, { chatId, cached, ...place }) => {
    const version = view.version();
    // Nothing at all was stored since: the actor is a member as before.
    if (cached && version !== undefined && cached.version === version) return { ...cached, history: undefined };
    assertAllowed(await view.members.find(chatId, actor.user.id), mayRead);
    const chats = await view.chats.ofUser(actor.user.id);
    const chat = chats.find(({ id }) => id === chatId);
    if (!chat) throw closedChat();
    const members = await view.members.count(chatId);
    const isCached = chat.revision === cached?.chat.revision;
    const read = () => historyPage(view, chat, place);
    const history = isCached ? undefined : await pageTurns.run(actor.user.id, read);
    return { chat, members, chats, history, version };
  };
}
