import { DomainError } from '../../../domain/errors.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { applyBlocks } from './apply-blocks.ts';

export interface NewBlock {
  readonly userId: UserId;
  /** Whether the actor is to block the user. */
  readonly on: boolean;
}

/**
 * Blocks a user, who can then write in no direct chat with the actor and open none, or ends that. What is so already changes nothing.
 * @throws DomainError `bad_request` for oneself; `not_found` for a user with whom the actor shares no chat, as for an unknown one;
 * `unavailable`
 */
export type SetBlock = (actor: Actor, block: NewBlock) => Promise<void>;

export function makeSetBlock(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly clock: Clock;
}): SetBlock {
  const { unitOfWork, view, clock } = deps;

  return async ({ user }, { userId, on }) => {
    if (userId === user.id) throw new DomainError('bad_request', 'You cannot block yourself.');
    const block = { by: user.id, blocked: userId };
    if (on) await assertSharesChat(view, block);
    const createdAt = clock.now();
    await unitOfWork.run(async (store) => {
      if (on) await store.blocks.add({ ...block, createdAt });
      else await store.blocks.remove(block);
    });
    await unitOfWork.run(async (store) => {
      for (const chatId of await store.chats.directOfBoth(user.id, userId)) await applyBlocks(store, chatId);
    });
  };
}

async function assertSharesChat(view: StoreView, { by, blocked }: { readonly by: UserId; readonly blocked: UserId }) {
  const [found] = await view.members.companions(by, [blocked]);
  if (!found) throw new DomainError('not_found', 'You share no chat with this person.');
}
