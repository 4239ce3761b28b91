import { assertMayRemove } from '../../../domain/chats/permissions.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from './add-notice.ts';
import { endMembership } from './end-membership.ts';
import { findUserOf } from './find-user-of.ts';

/**
 * Ends another user's membership and what they have open of the chat, and revokes the invites that they made: to come back they
 * need an invite of another member that is made later.
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
      const by = await store.members.find(chatId, user.id);
      const member = await store.members.find(chatId, userId);
      assertMayRemove(by, member);
      const removed = await findUserOf(store, member);
      await endMembership(store, member);
      await store.invites.bar(chatId, userId, sentAt);
      const text = NOTICES.removed(user.username, removed.username);
      return addNotice(store, { chatId, author: user, text, sentAt });
    });
    // Before the notice, which the removed member must not receive.
    broadcast.publishToChat(chatId, { type: 'member_left', chatId, userId });
    broadcast.publishToUser(userId, { type: 'chat_left', chatId, userId });
    broadcast.publishToChat(chatId, { type: 'message_posted', message });
  };
}
