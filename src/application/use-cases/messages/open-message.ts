import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { type MessagePermission, permissionsOn } from '../../../domain/messages/permissions.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';
import { findMessage } from './find-message.ts';

export interface OpenedMessage {
  readonly chat: Chat;
  readonly message: Message;
  /** What the actor may do with the message now. */
  readonly may: ReadonlySet<MessagePermission>;
}

/**
 * Everything that the page of a message shows.
 * @throws DomainError `forbidden`, also when there is no such chat; `not_found`
 */
export type OpenMessage = (actor: Actor, place: MessagePlace) => Promise<OpenedMessage>;

export function makeOpenMessage({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): OpenMessage {
  return async ({ user }, place) => {
    const membership = await view.members.find(place.chatId, user.id);
    assertAllowed(membership, mayRead);
    const message = await findMessage(view, place);
    const chat = await findChat(view, place.chatId);
    return { chat, message, may: permissionsOn(membership, message, clock.now()) };
  };
}
