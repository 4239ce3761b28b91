import type { Standing } from '../../domain/administration/standing.ts';
import type { Invite } from '../../domain/chats/invite.ts';
import type { User } from '../../domain/identity/user.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { ChatId } from '../../domain/ids.ts';

/** An account as administrators see it. Times are milliseconds since 1970. */
export interface ListedPerson extends Standing {
  readonly key: UsernameKey;
  readonly createdAt: number;
  /** The number of sessions that are stored. */
  readonly sessions: number;
  /** The last recorded use of one of them; null without sessions. */
  readonly seenAt: number | null;
}

/** A chat as administrators see it, without a word of what is in it. */
export interface ListedChat {
  readonly id: ChatId;
  /** Null for a direct chat, which has no name of its own. */
  readonly name: string | null;
  readonly members: number;
  /** The chat's revision: the number of its posts and later changes. */
  readonly changes: number;
  /** When the last message was posted (ms); null without messages. */
  readonly usedAt: number | null;
}

export interface ListedInvite {
  readonly invite: Invite;
  readonly chat: { readonly id: ChatId; readonly name: string };
  readonly by: User;
}

export interface Totals {
  /** Without removed accounts. */
  readonly people: number;
  readonly chats: number;
  /** The sum of the revisions of all chats: posts and later changes. */
  readonly changes: number;
  /** The size of the database in bytes; undefined where the storage has none. */
  readonly bytes: number | undefined;
}

export interface Range {
  readonly offset: number;
  readonly limit: number;
}

/** What administrators see of the whole installation. Only for reading. */
export interface Overview {
  /** The accounts whose keys contain the text, by key, from the first key after `after` on. An empty text finds all. */
  people(query: {
    readonly text: string;
    readonly after: string | undefined;
    readonly limit: number;
  }): Promise<readonly ListedPerson[]>;
  /** By the number of changes, the most first, or by the last use, the latest first; ties by id. */
  chats(query: Range & { readonly by: 'size' | 'use' }): Promise<readonly ListedChat[]>;
  /** The invites that expire after `now` (ms) and are not used up, the newest first. */
  liveInvites(query: Range & { readonly now: number }): Promise<readonly ListedInvite[]>;
  totals(): Promise<Totals>;
}
