import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Level } from '../../../domain/reading/level.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

export interface NewLevel {
  readonly chatId: ChatId;
  readonly level: Level;
}

/**
 * Sets of which messages of a chat the actor is notified, on all their devices.
 * @throws DomainError `forbidden`, also when there is no such chat; `unavailable`
 */
export type SetLevel = (actor: Actor, level: NewLevel) => Promise<void>;

export function makeSetLevel(deps: { readonly unitOfWork: UnitOfWork; readonly broadcast: Broadcast }): SetLevel {
  const { unitOfWork, broadcast } = deps;

  return async ({ user }, { chatId, level }) => {
    await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayRead);
      await store.reading.setLevel(chatId, user.id, level);
    });
    broadcast.publishToUser(user.id, { type: 'level_set', userId: user.id, chatId });
  };
}
