import type { Invite, InviteId } from '../../domain/chats/invite.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export interface InvitesView {
  /** The invite, expired or not (the caller decides), or undefined. */
  find(id: InviteId): Promise<Invite | undefined>;
}

export interface Invites extends InvitesView {
  /** The id must be new; chat and user must exist. */
  add(invite: Invite): Promise<void>;
  /** Removes those to this chat that this user made. */
  removeMadeBy(chatId: ChatId, userId: UserId): Promise<void>;
  /** Removes all those to this chat. */
  removeAllTo(chatId: ChatId): Promise<void>;
  /** How many invites to the chat expire after this moment (ms). */
  countLive(chatId: ChatId, now: number): Promise<number>;
  /** Removes those that expire at or before this moment (ms), and answers how many. */
  removeExpired(until: number): Promise<number>;
}
