import { assertAllowed, mayPost } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * Tells the members of the chat that the actor is writing in it, except those who block the actor. Nothing is stored, and the signal may be lost.
 * @throws DomainError `forbidden`, also when there is no such chat; `unavailable`
 */
export type SignalTyping = (actor: Actor, chatId: ChatId) => Promise<void>;

export function makeSignalTyping(deps: { readonly view: StoreView; readonly broadcast: Broadcast }): SignalTyping {
  const { view, broadcast } = deps;

  return async ({ user }, chatId) => {
    assertAllowed(await view.members.find(chatId, user.id), mayPost);
    const blockers = await view.blocks.of(user.id);
    const hiddenFrom = blockers.length > 0 ? blockers : undefined;
    broadcast.publishToChat(chatId, { type: 'typing', chatId, user, hiddenFrom });
  };
}
