import { assertMember, type Member } from '../../../domain/chats/membership.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from './add-notice.ts';
import { endMembership } from './end-membership.ts';

/**
 * Ends the actor's membership, and closes what they have open of the chat. When the owner goes, whoever has been in the
 * chat longest owns it; when the last one goes, its invites go too, and the chat is out of reach.
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
    const notices = await unitOfWork.run(async (store) => {
      const membership = await store.members.find(chatId, user.id);
      assertMember(membership);
      await endMembership(store, membership);
      const left = await addNotice(store, { chatId, author: user, text: NOTICES.left(user.username), sentAt });
      const [longest] = await store.members.list(chatId, undefined, 1);
      if (!longest) await store.invites.removeAllTo(chatId);
      if (!longest || membership.role !== 'owner') return [left];
      return [left, await inherit(store, { chatId, heir: longest, sentAt })];
    });
    // First, so that whoever left hears nothing of it.
    broadcast.publishToChat(chatId, { type: 'member_left', chatId, userId: user.id });
    for (const message of notices) broadcast.publishToChat(chatId, { type: 'message_posted', message });
  };
}

async function inherit(
  store: Store,
  { chatId, heir, sentAt }: { readonly chatId: ChatId; readonly heir: Member; readonly sentAt: number },
): Promise<Message> {
  await store.members.setRole(chatId, heir.user.id, 'owner');
  return addNotice(store, { chatId, author: heir.user, text: NOTICES.inherited(heir.user.username), sentAt });
}
