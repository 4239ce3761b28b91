import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { afterReading, areSamePointers, type ReadClaim } from '../../../domain/reading/read-pointer.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findPointer } from './find-pointer.ts';

export interface MarkedRead extends ReadClaim {
  readonly chatId: ChatId;
}

/**
 * Moves the actor's pointer forward. An older position, and one that is based on an older version, change nothing.
 * @throws DomainError `forbidden`, also when there is no such chat; `unavailable`
 */
export type MarkRead = (actor: Actor, read: MarkedRead) => Promise<void>;

export function makeMarkRead(deps: { readonly unitOfWork: UnitOfWork; readonly broadcast: Broadcast }): MarkRead {
  const { unitOfWork, broadcast } = deps;

  return async ({ user }, { chatId, ...claim }) => {
    const isMoved = await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayRead);
      const { pointer, newest } = await findPointer(store, chatId, user.id);
      const moved = afterReading(pointer, claim, newest);
      if (areSamePointers(moved, pointer)) return false;
      await store.reading.set(chatId, user.id, moved);
      return true;
    });
    if (isMoved) broadcast.publishToUser(user.id, { type: 'pointer_moved', userId: user.id, chatId });
  };
}
