import { isDirect, type Membership } from '../../../domain/chats/membership.ts';
import { assertAllowed, mayLeave } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findChat } from './find-chat.ts';
import { leaveGroup, sayLeft } from './leave-group.ts';

/**
 * Ends the actor's membership and what they have open of the chat. When the owner leaves, the moderator who joined first becomes
 * the owner or, without moderators, the member who joined first. When the last member leaves, the invites are removed and nobody can open the chat again. A direct chat is hidden from the
 * actor until the next message.
 * @throws DomainError `forbidden`, also when there is no such chat; `unavailable`
 */
export type LeaveChat = (actor: Actor, chatId: ChatId) => Promise<void>;

export function makeLeaveChat(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): LeaveChat {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, chatId) => {
    const sentAt = clock.now();
    const left = await unitOfWork.run(async (store) => {
      const membership = await store.members.find(chatId, user.id);
      assertAllowed(membership, mayLeave);
      if (isDirect(membership.role)) return hide(store, membership);
      return leaveGroup(store, { membership, leaver: user, sentAt });
    });
    if (left) sayLeft(broadcast, left);
    else broadcast.publishToUser(user.id, { type: 'chat_left', chatId, userId: user.id });
  };
}

/** A direct chat keeps its people: the chat is out of the leaver's list until the next message. */
async function hide(store: Store, { chatId, userId }: Membership): Promise<undefined> {
  const { revision } = await findChat(store, chatId);
  await store.members.hide(chatId, userId, revision);
}
