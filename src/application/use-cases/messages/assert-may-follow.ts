import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * Lets an adapter refuse before it opens a connection. `followChat` checks again once it is subscribed.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type AssertMayFollow = (actor: Actor, chatId: ChatId) => Promise<void>;

export function makeAssertMayFollow({ view }: { readonly view: StoreView }): AssertMayFollow {
  return async (actor, chatId) => assertAllowed(await view.members.find(chatId, actor.user.id), mayRead);
}
