import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from './find-chat.ts';
import { namedChat } from './named-chat.ts';

/**
 * The chat and its number of members.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ViewChat = (actor: Actor, chatId: ChatId) => Promise<{ readonly chat: Chat; readonly members: number }>;

export function makeViewChat({ view }: { readonly view: StoreView }): ViewChat {
  return async (actor, chatId) => {
    const membership = await view.members.find(chatId, actor.user.id);
    assertAllowed(membership, mayRead);
    const chat = await namedChat(view.chats, await findChat(view, chatId), membership);
    return { chat, members: await view.members.count(chatId) };
  };
}
