import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead, maySetPicture } from '../../../domain/chats/permissions.ts';
import type { Picture } from '../../../domain/pictures/picture.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';
import { namedChat } from '../chats/named-chat.ts';
import type { Pictured } from './pictured.ts';

export interface ShownPicture {
  /** Undefined where there is none. */
  readonly picture: Picture | undefined;
  /** Whether the actor may set and remove it. */
  readonly mayChange: boolean;
  /** Undefined where the picture is the actor's own. */
  readonly chat: Chat | undefined;
}

/**
 * The picture of the actor, or of a chat of the actor's.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ViewPicture = (actor: Actor, pictured: Pictured) => Promise<ShownPicture>;

export function makeViewPicture({ view }: { readonly view: StoreView }): ViewPicture {
  return async ({ user }, { chatId }) => {
    if (chatId === undefined) {
      const picture = await view.pictures.find({ kind: 'user', id: user.id });
      return { picture, mayChange: true, chat: undefined };
    }
    const membership = await view.members.find(chatId, user.id);
    assertAllowed(membership, mayRead);
    const chat = await namedChat(view.chats, await findChat(view, chatId), membership);
    const picture = await view.pictures.find({ kind: 'chat', id: chatId });
    return { picture, mayChange: maySetPicture(membership), chat };
  };
}
