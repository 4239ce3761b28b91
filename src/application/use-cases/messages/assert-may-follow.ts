import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * Says no before anything is opened that could follow; `followChat` asks again, once it hears of a change.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type AssertMayFollow = (actor: Actor, chatId: ChatId) => Promise<void>;

export function makeAssertMayFollow({ view }: { readonly view: StoreView }): AssertMayFollow {
  return async (actor, chatId) => assertAllowed(await view.members.find(chatId, actor.user.id), mayRead);
}
