import { namedFor } from '../../../domain/chats/direct.ts';
import { closedChat } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { ListedChat } from '../../../domain/reading/reading.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * One chat of the actor's, as their list has it.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ViewChatSummary = (actor: Actor, chatId: ChatId) => Promise<ListedChat>;

export function makeViewChatSummary({ view }: { readonly view: StoreView }): ViewChatSummary {
  return async ({ user }, chatId) => {
    const reading = (await view.reading.ofMembers(chatId, [user.id])).get(user.id);
    const summary = await view.chats.summary(chatId);
    if (!reading || !summary) throw closedChat();
    return { ...namedFor(user.id, summary), reading };
  };
}
