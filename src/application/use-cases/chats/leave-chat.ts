import { effectOfLeaving, isDirect, type Membership } from '../../../domain/chats/membership.ts';
import { assertAllowed, mayLeave } from '../../../domain/chats/permissions.ts';
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
import { findChat } from './find-chat.ts';

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
      await endMembership(store, membership);
      const successor = await store.members.heir(chatId);
      const effect = effectOfLeaving(membership, successor ? 1 : 0);
      if (effect === 'closes_chat') await store.invites.removeAllTo(chatId);
      const heir = effect === 'passes_ownership' ? successor : undefined;
      // Before the notices: every unit locks memberships first and the chat after them.
      if (heir) await store.members.setRole(chatId, heir.id, 'owner');
      return { heir, notices: await addNotices(store, { chatId, leaver: user, heir, sentAt }) };
    });
    // Before the notices, which the leaver must not receive.
    if (left) broadcast.publishToChat(chatId, { type: 'member_left', chatId, userId: user.id });
    broadcast.publishToUser(user.id, { type: 'chat_left', chatId, userId: user.id });
    if (!left) return;
    const { heir, notices } = left;
    if (heir) broadcast.publishToUser(heir.id, { type: 'role_set', userId: heir.id, chatId });
    for (const message of notices) broadcast.publishToChat(chatId, { type: 'message_posted', message });
  };
}

/** A direct chat keeps its people: the chat is out of the leaver's list until the next message. */
async function hide(store: Store, { chatId, userId }: Membership): Promise<undefined> {
  const { revision } = await findChat(store, chatId);
  await store.members.hide(chatId, userId, revision);
}

async function addNotices(
  store: Store,
  said: { readonly chatId: ChatId; readonly leaver: User; readonly heir: User | undefined; readonly sentAt: number },
): Promise<readonly Message[]> {
  const { chatId, leaver, heir, sentAt } = said;
  const left = await addNotice(
    store,
    { chatId, author: leaver, text: NOTICES.left(leaver.username), sentAt },
    'even_archived',
  );
  if (!heir) return [left];
  const inherited = { chatId, author: heir, text: NOTICES.inherited(heir.username), sentAt };
  return [left, await addNotice(store, inherited, 'even_archived')];
}
