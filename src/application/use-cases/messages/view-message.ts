import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { Actor } from '../../actor.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { StoreView } from '../../ports/store.ts';
import { findMessage } from './find-message.ts';

/** @throws DomainError `forbidden`, also when there is no such chat; `not_found` */
export type ViewMessage = (actor: Actor, place: MessagePlace) => Promise<Message>;

export function makeViewMessage({ view }: { readonly view: StoreView }): ViewMessage {
  return async (actor, place) => {
    assertAllowed(await view.members.find(place.chatId, actor.user.id), mayRead);
    return findMessage(view, place);
  };
}
