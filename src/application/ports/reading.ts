import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Level } from '../../domain/reading/level.ts';
import type { MissedMessage } from '../../domain/reading/missed.ts';
import type { ReadPointer } from '../../domain/reading/read-pointer.ts';
import type { Reading, ReadingState } from '../../domain/reading/reading.ts';

export interface ReadingView {
  /**
   * What these users have yet to read in the chat, as of one moment. Users who are not members are left out. Only messages
   * among the last UNREAD_REACH changes of the chat are counted.
   */
  ofMembers(chatId: ChatId, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Reading>>;
  /** The user's pointers, levels, mutes and pinned chats, by chat. */
  statesOf(userId: UserId): Promise<ReadonlyMap<ChatId, ReadingState>>;
  /**
   * The messages that the user has yet to read and that stand out, of all the user's chats, each once, in ascending order of position within
   * each chat: at most MAX_MISSED of a chat for each reason, and MAX_MISSED_ROWS in all, among the last UNREAD_REACH changes of each
   * chat. Those of people whom the user blocks are left out.
   */
  missedBy(userId: UserId): Promise<readonly MissedMessage[]>;
  /** What `unreadCalls` makes of the summaries of the user's chats; 0 for an unknown user. */
  callsFor(userId: UserId): Promise<number>;
}

/**
 * Each member has a pointer, which `Members.add` puts at the chat's revision and `Members.remove` removes. A member whom an earlier
 * release added has none, which is the same as having read everything.
 */
export interface ReadPointers extends ReadingView {
  /** The member's pointer, locked until the unit of work ends; undefined when there is none. */
  find(chatId: ChatId, userId: UserId): Promise<ReadPointer | undefined>;
  /** Stores the pointer of a member, who must exist. */
  set(chatId: ChatId, userId: UserId, pointer: ReadPointer): Promise<void>;
  /** Stores the level of a member, who must exist. `Members.remove` removes it. */
  setLevel(chatId: ChatId, userId: UserId, level: Level): Promise<void>;
  /**
   * Stores until when the chat is muted for a member, who must exist: milliseconds since 1970, or null. `Members.remove` removes it.
   */
  setMutedUntil(chatId: ChatId, userId: UserId, mutedUntil: number | null): Promise<void>;
  /** Stores whether a member, who must exist, keeps the chat at the top of their list. `Members.remove` removes it. */
  setPinned(chatId: ChatId, userId: UserId, pinned: boolean): Promise<void>;
}
