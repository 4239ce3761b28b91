/**
 * Rows of the original app, in order of insertion where the table records it, else in the order of their ids. Columns may hold
 * any value, including NULL. Ids are only compared, as texts.
 */
export interface OriginalUser {
  readonly id: string | null;
  readonly name: string | null;
  /** The SHA-256 of the password in lower-case hex, where it is valid. */
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

/** A name under which messages were written in a chat: one row for each pair, in the order of their first messages. */
export interface OriginalAuthor {
  readonly name: string | null;
  readonly chatId: string | null;
}

/** All rows except messages, of which there may be many. */
export interface OriginalRows {
  readonly users: readonly OriginalUser[];
  readonly chats: readonly OriginalChat[];
  readonly members: readonly OriginalMember[];
  /** False where the table does not record the order of insertion: then members are in the order of their ids. */
  readonly areMembersInOrder: boolean;
  readonly invites: readonly OriginalInvite[];
  readonly authors: readonly OriginalAuthor[];
  readonly sessions: number;
}

export interface OriginalMessage {
  readonly chatId: string | null;
  readonly author: string | null;
  readonly text: string | null;
  /** The exact bytes of the text, even where they are not well-formed. */
  readonly bytes: Buffer | null;
  /** As stored; `moment` reads it. */
  readonly sentAt: unknown;
}
