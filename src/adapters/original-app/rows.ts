/**
 * Rows of the original app, in the order in which they were inserted where the table tells it, and else in that of their ids.
 * Its columns may hold anything, NULL included. Ids are compared as texts and nothing else is asked of them.
 */
export interface OriginalUser {
  readonly id: string | null;
  readonly name: string | null;
  /** Lower-case hex of the password's SHA-256, where it is what it should be. */
  readonly hash: string | null;
}

export interface OriginalChat {
  readonly id: string | null;
  readonly name: string | null;
}

export interface OriginalMember {
  readonly chatId: string | null;
  readonly userId: string | null;
}

export interface OriginalInvite {
  readonly code: string | null;
  readonly chatId: string | null;
  /** As stored; `moment` reads it. */
  readonly expiresAt: unknown;
}

/** Somebody wrote in a chat under this name: once for each pair, in the order of their first messages. */
export interface OriginalAuthor {
  readonly name: string | null;
  readonly chatId: string | null;
}

/** All but the messages, which may be many. */
export interface OriginalRows {
  readonly users: readonly OriginalUser[];
  readonly chats: readonly OriginalChat[];
  readonly members: readonly OriginalMember[];
  /** False where the table does not tell in which order they were inserted: they are in the order of their ids. */
  readonly areMembersInOrder: boolean;
  readonly invites: readonly OriginalInvite[];
  readonly authors: readonly OriginalAuthor[];
  readonly sessions: number;
}

export interface OriginalMessage {
  readonly chatId: string | null;
  readonly author: string | null;
  readonly text: string | null;
  /** The text byte for byte, even where it is not well-formed. */
  readonly bytes: Buffer | null;
  /** As stored; `moment` reads it. */
  readonly sentAt: unknown;
}
