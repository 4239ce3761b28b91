import type { Generated } from 'kysely';
import type { Revision } from '../../domain/chats/chat.ts';
import type { WordsChoice } from '../../domain/identity/erasure.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

/** The tables of people who leave for good, and of what they take with them. */
export interface ErasureSchema {
  /** Accounts that were deleted. The users may be unknown: a list beside the database outlives restores. */
  readonly erasures: {
    readonly user_id: UserId;
    readonly words: WordsChoice;
    readonly erased_at: number;
    /** The last message that was looked through; null, as the position, at the beginning. */
    readonly chat_id: Generated<ChatId | null>;
    readonly position: Generated<Revision | null>;
    /** 1 once everything was looked through. */
    readonly done: Generated<number>;
  };
  /** The exports that run: one of a user. */
  readonly exports: {
    readonly user_id: UserId;
    readonly lease: string;
    readonly expires_at: number;
  };
}
