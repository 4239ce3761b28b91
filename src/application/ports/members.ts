import type { JoiningPlace, Member, Membership, Role } from '../../domain/chats/membership.ts';
import type { User } from '../../domain/identity/user.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export interface MembersView {
  /** The user's membership of the chat; undefined also when the chat does not exist. */
  find(chatId: ChatId, userId: UserId): Promise<Membership | undefined>;
  /** The number of members; 0 for an unknown chat. */
  count(chatId: ChatId): Promise<number>;
  /** Up to `limit` members in the order of joining, beginning after the place `after`, or with the first member when undefined. */
  list(chatId: ChatId, after: JoiningPlace | undefined, limit: number): Promise<readonly Member[]>;
  /** The members whose names have one of these keys, in any order. */
  named(chatId: ChatId, keys: readonly UsernameKey[]): Promise<readonly User[]>;
}

export interface Members extends MembersView {
  /**
   * Adds a member who has read everything that the chat has so far. False when the user already is a member: nothing changes then.
   * Chat and user must exist.
   */
  add(membership: Membership): Promise<boolean>;
  /** Changes the member's role. An unknown member changes nothing. */
  setRole(chatId: ChatId, userId: UserId, role: Role): Promise<void>;
  /** Removes the member and their read pointer. False when the user is not a member. */
  remove(chatId: ChatId, userId: UserId): Promise<boolean>;
}
