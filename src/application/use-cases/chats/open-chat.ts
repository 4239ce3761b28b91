import type { Chat, Revision } from '../../../domain/chats/chat.ts';
import { assertMember } from '../../../domain/chats/membership.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { type HistoryPage, type HistoryPlace, historyPage } from '../messages/history-page.ts';

export interface Opening extends HistoryPlace {
  readonly chatId: ChatId;
  /** The revision of this very history as the caller keeps it: while it is the chat's, the history is not read again. */
  readonly kept?: Revision | undefined;
}

export interface OpenedChat {
  readonly chat: Chat;
  readonly members: number;
  /** All of the actor's chats, the one joined last first. */
  readonly chats: readonly Chat[];
  /** Undefined when what the caller keeps is all that there is. */
  readonly history: HistoryPage | undefined;
}

/**
 * All that a chat's page shows. Each change of a history takes the chat's next revision, so that one of an old revision is
 * never taken for the present.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type OpenChat = (actor: Actor, opening: Opening) => Promise<OpenedChat>;

export function makeOpenChat({ view }: { readonly view: StoreView }): OpenChat {
  return async (actor, { chatId, kept, ...place }) => {
    assertMember(await view.members.find(chatId, actor.user.id));
    const chats = await view.chats.ofUser(actor.user.id);
    const chat = chats.find(({ id }) => id === chatId);
    if (!chat) throw new DomainError('forbidden', 'This chat is gone.');
    const members = await view.members.count(chatId);
    const history = chat.revision === kept ? undefined : await historyPage(view, chat, place);
    return { chat, members, chats, history };
  };
}
