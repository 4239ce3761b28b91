import type { Membership } from '../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export interface MembersView {
  /** The user's membership of the chat, or undefined; so too when the chat does not exist. */
  find(chatId: ChatId, userId: UserId): Promise<Membership | undefined>;
  /** How many members the chat has; 0 for an unknown one. */
  count(chatId: ChatId): Promise<number>;
}

export interface Members extends MembersView {
  /** False when the user was a member already: nothing changes then. Chat and user must exist. */
  add(membership: Membership): Promise<boolean>;
  /** False when the user was no member. */
  remove(chatId: ChatId, userId: UserId): Promise<boolean>;
}
