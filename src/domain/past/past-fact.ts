import type { Revision } from '../chats/chat.ts';
import type { User } from '../identity/user.ts';
import type { UserId } from '../ids.ts';
import type { Mention, Tombstone } from '../messages/message.ts';
import type { Emoji } from '../reactions/tally.ts';

/** What was so of a message for a while, and cannot be read from the message afterwards. */
export type PastFact = Span & WhatWasSo;

interface Span {
  /** The first revision of the chat at which it was so. */
  readonly from: Revision;
  /** The first revision at which it was no longer so; null while it lasts. */
  readonly until: Revision | null;
}

type WhatWasSo =
  | { readonly kind: 'reaction'; readonly emoji: Emoji; readonly user: User }
  | { readonly kind: 'pin'; readonly by: UserId; readonly at: number }
  /** A deletion that was undone. */
  | { readonly kind: 'deletion'; readonly by: UserId; readonly at: number }
  /** All mentions of the text, until an edit changed them. */
  | { readonly kind: 'mentions'; readonly mentions: readonly Mention[] }
  /** An earlier text that its author erased. It ended at `until` at the latest. */
  | { readonly kind: 'erased_text' };

export type PastFactOf<Kind extends PastFact['kind']> = Extract<PastFact, { kind: Kind }>;

export const wasSoAt = ({ from, until }: Span, revision: Revision): boolean =>
  from <= revision && (until === null || revision < until);

/** @param until the revision at which the deletion was undone */
export const undoneDeletion = (deleted: Tombstone, until: Revision): PastFact => ({
  kind: 'deletion',
  from: deleted.revision,
  until,
  by: deleted.deletedBy,
  at: deleted.deletedAt,
});
