import type { Revision } from '../../domain/chats/chat.ts';
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
  /** The members of each of these chats who joined last, the latest first, at most MAX_LATEST; ties are broken by user id, largest first. */
  latest(chatIds: readonly ChatId[]): Promise<ReadonlyMap<ChatId, readonly User[]>>;
  /**
   * The moderator who joined first or, without moderators, the member who did, other than `leaver`; undefined where there is nobody.
   */
  heir(chatId: ChatId, leaver?: UserId): Promise<User | undefined>;
  /** The members whose names have one of these keys, in any order. */
  named(chatId: ChatId, keys: readonly UsernameKey[]): Promise<readonly User[]>;
  /** The users with one of these names who are in a chat with the user, in any order. */
  sharing(userId: UserId, keys: readonly UsernameKey[]): Promise<readonly User[]>;
  /** The user's memberships in chats after this one, direct and hidden ones too, by chat, and `limit` at most. */
  ofUser(userId: UserId, after: ChatId | undefined, limit: number): Promise<readonly Membership[]>;
  /** The users with one of these ids who are in a chat with the user, in any order. */
  companions(userId: UserId, ids: readonly UserId[]): Promise<readonly User[]>;
  /** The members who have hidden the chat, and whom a message at this position brings it back to. */
  hiddenBefore(chatId: ChatId, position: Revision): Promise<readonly UserId[]>;
}

export interface Members extends MembersView {
  /**
   * Adds a member who has read everything that the chat has so far. False when the user already is a member: nothing changes then.
   * Chat and user must exist.
   */
  add(membership: Membership): Promise<boolean>;
  /** Changes the member's role. An unknown member changes nothing. */
  setRole(chatId: ChatId, userId: UserId, role: Role): Promise<void>;
  /** Leaves the chat out of the member's list until a message is posted after this position. */
  hide(chatId: ChatId, userId: UserId, position: Revision): Promise<void>;
  /** Ends the hiding at an earlier position than this. False where there is none. */
  unhide(chatId: ChatId, userId: UserId, before: Revision): Promise<boolean>;
  /** Removes the member and their read pointer. False when the user is not a member. */
  remove(chatId: ChatId, userId: UserId): Promise<boolean>;
}
