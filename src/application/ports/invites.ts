import type { Invite, InviteId } from '../../domain/chats/invite.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export interface InvitesView {
  /** The invite, expired or not, or undefined. */
  find(id: InviteId): Promise<Invite | undefined>;
}

export interface Invites extends InvitesView {
  /** The id must be new; chat and user must exist. */
  add(invite: Invite): Promise<void>;
  /** Removes the invites to this chat that this user made. */
  removeMadeBy(chatId: ChatId, userId: UserId): Promise<void>;
  /** Removes all invites to this chat. */
  removeAllTo(chatId: ChatId): Promise<void>;
  /** The number of invites to the chat that expire after `now` (ms). */
  countLive(chatId: ChatId, now: number): Promise<number>;
  /** Removes the invites that expire at or before `until` (ms), and answers how many. */
  removeExpired(until: number): Promise<number>;
}
