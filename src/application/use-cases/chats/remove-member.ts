import { assertMember, assertRemovable } from '../../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from './add-notice.ts';
import { endMembership } from './end-membership.ts';

/**
 * Ends another's membership, and closes what they have open of the chat. Only the owner may. The invites that the removed
 * one made are revoked: coming back takes one of somebody else's.
 * @throws DomainError `forbidden`, also when there is no such chat; `not_found` when there is no such member; `bad_request`
 * for oneself; `unavailable`
 */
export type RemoveMember = (
  actor: Actor,
  member: { readonly chatId: ChatId; readonly userId: UserId },
) => Promise<void>;

export function makeRemoveMember(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): RemoveMember {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, userId }) => {
    const sentAt = clock.now();
    const message = await unitOfWork.run(async (store) => {
      const owner = await store.members.find(chatId, user.id);
      assertMember(owner);
      const member = await store.members.find(chatId, userId);
      assertRemovable(owner, member);
      const removed = await store.users.find(userId);
      if (!removed) throw new Error(`User ${userId} is a member of chat ${chatId}, and not there.`);
      await endMembership(store, member);
      const text = NOTICES.removed(user.username, removed.username);
      return addNotice(store, { chatId, author: user, text, sentAt });
    });
    // First, so that whoever was removed hears nothing of it.
    broadcast.publishToChat(chatId, { type: 'member_left', chatId, userId });
    broadcast.publishToChat(chatId, { type: 'message_posted', message });
  };
}
