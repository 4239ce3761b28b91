import { assertMember } from '../../../domain/chats/membership.ts';
import type { User } from '../../../domain/identity/user.ts';
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
      const [longest] = await store.members.list(chatId, undefined, 1);
      if (!longest) await store.invites.removeAllTo(chatId);
      const heir = membership.role === 'owner' ? longest : undefined;
      // Before the notices: whoever posts holds their membership first, and the chat after it.
      if (heir) await store.members.setRole(chatId, heir.user.id, 'owner');
      return addNotices(store, { chatId, leaver: user, heir: heir?.user, sentAt });
    });
    // First, so that whoever left hears nothing of it.
    broadcast.publishToChat(chatId, { type: 'member_left', chatId, userId: user.id });
    for (const message of notices) broadcast.publishToChat(chatId, { type: 'message_posted', message });
  };
}

async function addNotices(
  store: Store,
  said: { readonly chatId: ChatId; readonly leaver: User; readonly heir: User | undefined; readonly sentAt: number },
): Promise<readonly Message[]> {
  const { chatId, leaver, heir, sentAt } = said;
  const left = await addNotice(store, { chatId, author: leaver, text: NOTICES.left(leaver.username), sentAt });
  if (!heir) return [left];
  return [left, await addNotice(store, { chatId, author: heir, text: NOTICES.inherited(heir.username), sentAt })];
}
