import type { JoiningPlace, Member, Membership, Role } from '../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export interface MembersView {
  /** The user's membership of the chat, or undefined; so too when the chat does not exist. */
  find(chatId: ChatId, userId: UserId): Promise<Membership | undefined>;
  /** How many members the chat has; 0 for an unknown one. */
  count(chatId: ChatId): Promise<number>;
  /** The first `limit` members after a place in the order of joining (from the first on when undefined), in that order. */
  list(chatId: ChatId, after: JoiningPlace | undefined, limit: number): Promise<readonly Member[]>;
}

export interface Members extends MembersView {
  /** False when the user was a member already: nothing changes then. Chat and user must exist. */
  add(membership: Membership): Promise<boolean>;
  /** Gives the member another role; an unknown one changes nothing. */
  setRole(chatId: ChatId, userId: UserId, role: Role): Promise<void>;
  /** False when the user was no member. */
  remove(chatId: ChatId, userId: UserId): Promise<boolean>;
}
