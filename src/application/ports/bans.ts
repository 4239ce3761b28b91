import type { User } from '../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Ban } from '../../domain/moderation/ban.ts';

/** A ban with the people whom it names. */
export interface ListedBan {
  readonly ban: Ban;
  readonly user: User;
  readonly by: User;
}

/** Bans are kept after their end, until the next ban of the same person. */
export interface BansView {
  /** The ban, whether it is still in force or not, or undefined. */
  find(chatId: ChatId, userId: UserId): Promise<Ban | undefined>;
  /** The newest `limit` bans of the chat that are in force at `now` (ms), the newest first. */
  inForce(chatId: ChatId, now: number, limit: number): Promise<readonly ListedBan[]>;
}

export interface Bans extends BansView {
  /** Stores the ban in place of an earlier one. Chat and people must exist. */
  put(ban: Ban): Promise<void>;
  /** Removes the ban. False where there is none. */
  remove(chatId: ChatId, userId: UserId): Promise<boolean>;
}
