import { effectOfLeaving, type Membership } from '../../../domain/chats/membership.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Store } from '../../ports/store.ts';
import { addNotice } from './add-notice.ts';
import { endMembership } from './end-membership.ts';

/** What followers are told of a member who left. */
export interface LeftGroup {
  readonly chatId: ChatId;
  readonly leaver: User;
  readonly heir: User | undefined;
  readonly notices: readonly Message[];
}

/** Ends a membership of a group in a unit of work, and passes the ownership on. */
export async function leaveGroup(
  store: Store,
  leaving: { readonly membership: Membership; readonly leaver: User; readonly sentAt: number },
): Promise<LeftGroup> {
  const { membership, leaver, sentAt } = leaving;
  const { chatId } = membership;
  await endMembership(store, membership);
  const successor = await store.members.heir(chatId);
  const effect = effectOfLeaving(membership, successor ? 1 : 0);
  if (effect === 'closes_chat') await store.invites.removeAllTo(chatId);
  const heir = effect === 'passes_ownership' ? successor : undefined;
  // Before the notices: every unit locks memberships first and the chat after them.
  if (heir) await store.members.setRole(chatId, heir.id, 'owner');
  return { chatId, leaver, heir, notices: await addNotices(store, { chatId, leaver, heir, sentAt }) };
}

/** Call it after the commit. */
export function sayLeft(broadcast: Broadcast, { chatId, leaver, heir, notices }: LeftGroup): void {
  // Before the notices, which the leaver must not receive.
  broadcast.publishToChat(chatId, { type: 'member_left', chatId, userId: leaver.id });
  broadcast.publishToUser(leaver.id, { type: 'chat_left', chatId, userId: leaver.id });
  if (heir) broadcast.publishToUser(heir.id, { type: 'role_set', userId: heir.id, chatId });
  for (const message of notices) broadcast.publishToChat(chatId, { type: 'message_posted', message });
}

async function addNotices(
  store: Store,
  said: { readonly chatId: ChatId; readonly leaver: User; readonly heir: User | undefined; readonly sentAt: number },
): Promise<readonly Message[]> {
  const { chatId, leaver, heir, sentAt } = said;
  const text = NOTICES.left(leaver.username);
  const left = await addNotice(store, { chatId, author: leaver, text, sentAt }, 'even_archived');
  if (!heir) return [left];
  const inherited = { chatId, author: heir, text: NOTICES.inherited(heir.username), sentAt };
  return [left, await addNotice(store, inherited, 'even_archived')];
}
