import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import { afterMarkingUnread } from '../../../domain/reading/read-pointer.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findBareMessage } from '../messages/find-message.ts';
import { findPointer } from './find-pointer.ts';

/**
 * Makes the message at this place, and all that come after it, unread for the actor.
 * @throws DomainError `forbidden`, also when there is no such chat; `not_found` when the chat has no message there; `unavailable`
 */
export type MarkUnread = (actor: Actor, from: MessagePlace) => Promise<void>;

export function makeMarkUnread(deps: { readonly unitOfWork: UnitOfWork; readonly broadcast: Broadcast }): MarkUnread {
  const { unitOfWork, broadcast } = deps;

  return async ({ user }, { chatId, position }) => {
    await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayRead);
      await findBareMessage(store, { chatId, position });
      const { pointer } = await findPointer(store, chatId, user.id);
      await store.reading.set(chatId, user.id, afterMarkingUnread(pointer, position));
    });
    broadcast.publishToUser(user.id, { type: 'pointer_moved', userId: user.id, chatId });
  };
}
