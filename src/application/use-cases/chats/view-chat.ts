import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from './find-chat.ts';

/**
 * The chat and its number of members.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ViewChat = (actor: Actor, chatId: ChatId) => Promise<{ readonly chat: Chat; readonly members: number }>;

export function makeViewChat({ view }: { readonly view: StoreView }): ViewChat {
  return async (actor, chatId) => {
    assertAllowed(await view.members.find(chatId, actor.user.id), mayRead);
    const chat = await findChat(view, chatId);
    return { chat, members: await view.members.count(chatId) };
  };
}
