import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';

export interface ViewedPins {
  readonly chat: Chat;
  /** The one that was pinned last is first. */
  readonly messages: readonly Message[];
}

/** @throws DomainError `forbidden`, also when there is no such chat */
export type ViewPins = (actor: Actor, chatId: ChatId) => Promise<ViewedPins>;

export function makeViewPins({ view }: { readonly view: StoreView }): ViewPins {
  return async (actor, chatId) => {
    assertAllowed(await view.members.find(chatId, actor.user.id), mayRead);
    return { chat: await findChat(view, chatId), messages: await view.messages.pinned(chatId) };
  };
}
