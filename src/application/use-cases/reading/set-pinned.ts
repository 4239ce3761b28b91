import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

export interface NewPinned {
  readonly chatId: ChatId;
  readonly pinned: boolean;
}

/**
 * Keeps a chat at the top of the actor's list, or no longer, on all their devices.
 * @throws DomainError `forbidden`, also when there is no such chat; `unavailable`
 */
export type SetPinned = (actor: Actor, pinned: NewPinned) => Promise<void>;

export function makeSetPinned(deps: { readonly unitOfWork: UnitOfWork; readonly broadcast: Broadcast }): SetPinned {
  const { unitOfWork, broadcast } = deps;

  return async ({ user }, { chatId, pinned }) => {
    await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayRead);
      await store.reading.setPinned(chatId, user.id, pinned);
    });
    broadcast.publishToUser(user.id, { type: 'chat_pinned', userId: user.id, chatId });
  };
}
