import type { Chat } from '../../../domain/chats/chat.ts';
import { assertMember } from '../../../domain/chats/membership.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * The chat and how many members it has.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ViewChat = (actor: Actor, chatId: ChatId) => Promise<{ readonly chat: Chat; readonly members: number }>;

export function makeViewChat({ view }: { readonly view: StoreView }): ViewChat {
  return async (actor, chatId) => {
    assertMember(await view.members.find(chatId, actor.user.id));
    const chat = await view.chats.find(chatId);
    if (!chat) throw new DomainError('forbidden', 'This chat is gone.');
    return { chat, members: await view.members.count(chatId) };
  };
}
