import type { Membership } from '../../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { TextMessage, Tombstone } from '../../../domain/messages/message.ts';
import type { Change, MemberState } from '../../../domain/moderation/changes.ts';
import type { Store } from '../../ports/store.ts';
import { endMembership } from '../chats/end-membership.ts';
import { buryMessages } from '../messages/bury-messages.ts';
import { findBareMessage } from '../messages/find-message.ts';

/** Maximum messages that are deleted together with a removal, the newest ones. */
const MAX_DELETED = 500;

export interface Expulsion {
  readonly chatId: ChatId;
  readonly userId: UserId;
  /** Undefined where the person has left already. */
  readonly member: Membership | undefined;
  readonly by: UserId;
  readonly at: number;
  /** The moment since which their messages are deleted; undefined for none of them. */
  readonly since: number | undefined;
}

export interface Expelled {
  readonly changes: readonly Change[];
  readonly deleted: readonly Tombstone[];
}

/** Ends a membership so that no older invite leads back, and deletes recent messages of the person. */
export async function expel(store: Store, expulsion: Expulsion): Promise<Expelled> {
  const { chatId, userId, member, at } = expulsion;
  const ended = member ? await end(store, member) : [];
  const before = (await store.invites.barredAt(chatId, userId)) ?? null;
  await store.invites.bar(chatId, userId, at);
  const deleted = await deleteRecent(store, expulsion);
  const buried = deleted.map(({ position, deletedBy: by }): Change => {
    return { aspect: 'message', position, before: null, after: { by, at } };
  });
  return { deleted, changes: [...ended, { aspect: 'bar', userId, before, after: at }, ...buried] };
}

async function end(store: Store, member: Membership): Promise<readonly Change[]> {
  const { chatId, userId, role, joinedAt } = member;
  const state = await stateOf(store, member);
  const made = (await store.invites.to(chatId)).filter(({ invite }) => invite.createdBy === userId);
  await endMembership(store, member);
  return [
    { aspect: 'membership', userId, before: { role, joinedAt, ...(state && { state }) }, after: null },
    ...made.map(({ invite }): Change => ({ aspect: 'invite', inviteId: invite.id, before: invite, after: null })),
  ];
}

/** For an undoing, which brings it back as it was. */
async function stateOf({ reading }: Store, { chatId, userId }: Membership): Promise<MemberState | undefined> {
  const found = (await reading.ofMembers(chatId, [userId])).get(userId);
  if (!found) return undefined;
  const { level, mutedUntil, pinned, pointer } = found;
  return { level, mutedUntil, pinned, readTo: pointer.position, readVersion: pointer.version };
}

async function deleteRecent(store: Store, { chatId, userId, by, at, since }: Expulsion): Promise<readonly Tombstone[]> {
  if (since === undefined) return [];
  const positions = await store.messages.recentBy(chatId, userId, { since, limit: MAX_DELETED });
  // All messages are locked before the chat, as everywhere.
  const found = await Promise.all(positions.map((position) => findBareMessage(store, { chatId, position })));
  const texts = found.filter((message): message is TextMessage => message.kind === 'text');
  // Hundreds of tombstones would be as much in the way as what they stand for. The audit has the act.
  return buryMessages(store, texts, { by, at, isHidden: true });
}
