import type { LinkCard } from '../../domain/cards/link-card.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { BlobKey, StoredFile } from '../../domain/files/file.ts';
import type { MessagePlace } from './messages.ts';

/** What a visit found, for all messages that link to the page. */
export interface KnownPage extends Pick<LinkCard, 'title' | 'description' | 'site'> {
  readonly image: PageImage | null;
}

/** A copy of an image. Messages name its blob, and pages do not: without a message that has it, it is gone. */
export interface PageImage extends Pick<StoredFile, 'blob' | 'bytes'> {
  readonly width: number;
  readonly height: number;
}

export interface NewCard extends KnownPage {
  readonly href: string;
  /** Of the file that the image becomes. */
  readonly uploaderId: StoredFile['uploaderId'];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** `yours`: the caller is to visit the page. `theirs`: somebody else is doing so. `none`: there is nothing to show. */
export type Taken = KnownPage | 'none' | 'yours' | 'theirs';

/** The cards of messages, which `Messages` reads with the messages, and what is known of pages by their addresses. Times are milliseconds since 1970. */
export interface LinkCards {
  /**
   * What is known of a page, or else a lease to visit it, which only one of concurrent callers gets until it ends, or until `note` or
   * `release`.
   * @param at.renew whether what is known does not count
   */
  take(href: string, at: { readonly now: number; readonly leaseMs: number; readonly renew?: boolean }): Promise<Taken>;
  /** Notes what a visit found, which counts until then. */
  note(href: string, found: KnownPage | 'none', until: number): Promise<void>;
  /** Ends a lease without a result. */
  release(href: string): Promise<void>;
  /** Forgets up to `limit` pages that do not count any more; answers how many. */
  removeExpired(now: number, limit: number): Promise<number>;
  /**
   * Gives a message another card, or none, at this revision of the chat. The message must exist. Its image becomes a file of the message,
   * and the image of the earlier card is removed.
   * @returns the card as it is stored, and the keys of what the earlier one had in the store
   */
  set<Card extends NewCard | 'removed' | null>(
    place: MessagePlace,
    card: Card,
    revision: Revision,
  ): Promise<{
    readonly card: Card extends NewCard ? LinkCard : Card;
    readonly dropped: readonly BlobKey[];
  }>;
}
