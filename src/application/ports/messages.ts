import type { Revision } from '../../domain/chats/chat.ts';
import type { BlobKey } from '../../domain/files/file.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { MessageVersion } from '../../domain/messages/changes.ts';
import type { Mention, Message } from '../../domain/messages/message.ts';
import type { Aged } from '../../domain/moderation/retention.ts';
import type { StandingReaction } from '../../domain/past/as-it-stood.ts';
import type { Emoji } from '../../domain/reactions/tally.ts';

/** The address of a message. */
export interface MessagePlace {
  readonly chatId: ChatId;
  readonly position: Revision;
}

export interface VersionsPage {
  readonly before?: Revision | undefined;
  readonly limit: number;
}

/** A part of all messages of the installation, by chat and position. */
export interface PersonalScan {
  readonly userId: UserId;
  /** Where the part before this one ended; undefined for the first one. */
  readonly after: MessagePlace | undefined;
  /** How many messages to look at. */
  readonly window: number;
}

/** What a part of all messages has to do with a user. */
export interface PersonalPart {
  /** The user's own messages, notices and tombstones, in order. */
  readonly written: readonly Message[];
  /** Messages of others that mention the user, and all notices of others, in order. */
  readonly about: readonly Message[];
  /** The user's reactions. */
  readonly reactions: readonly (MessagePlace & { readonly emoji: Emoji })[];
  /** Where the part ended; undefined where no message comes after it. */
  readonly next: MessagePlace | undefined;
}

export interface Recent {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly limit: number;
}

/** Messages are read in their current state, and so are the messages that replies quote. */
export interface MessagesView {
  /** The message at this place, or undefined. */
  find(place: MessagePlace): Promise<Message | undefined>;
  /** The same, as if the message had no reactions and no mentions and answered none. It costs less where these do not matter. */
  findBare(place: MessagePlace): Promise<Message | undefined>;
  /** The newest `limit` messages before `position` (of all messages when undefined), oldest first, without hidden tombstones. */
  before(chatId: ChatId, position: Revision | undefined, limit: number): Promise<readonly Message[]>;
  /** Costs the same however many chats there are, and needs no index of authors, which every post would have to keep. */
  personal(scan: PersonalScan): Promise<PersonalPart>;
  /** The first `limit` messages after `position`, oldest first, without hidden tombstones. */
  after(chatId: ChatId, position: Revision, limit: number): Promise<readonly Message[]>;
  /** The first `limit` messages whose last change came after `revision`, each in its current state, in order of revision. */
  changedAfter(chatId: ChatId, revision: Revision, limit: number): Promise<readonly Message[]>;
  /**
   * The places of the newest `limit` texts of this author that were sent at `since` (ms) or later, oldest first. The search ends at the
   * newest message of the chat that was sent before.
   */
  recentBy(chatId: ChatId, authorId: UserId, recent: Recent): Promise<readonly Revision[]>;
  /** The first `limit` messages of the chat behind a position, in order of position. Within a unit of work they stay as they are until it ends. */
  oldest(chatId: ChatId, after: Revision, limit: number): Promise<readonly Aged[]>;
  /** All pinned messages of the chat, the one that was pinned last first. */
  pinned(chatId: ChatId): Promise<readonly Message[]>;
  /** All reactions to the message, in the order in which they came. A tombstone has them until it is erased. */
  reactionsTo(place: MessagePlace): Promise<readonly StandingReaction[]>;
  /**
   * The newest `limit` texts that the message had before the current one, newest first; only those that were written before the revision
   * `before`, if it is given. A tombstone has them until they are erased.
   */
  earlierVersions(place: MessagePlace, page: VersionsPage): Promise<readonly MessageVersion[]>;
}

export interface Messages extends MessagesView {
  /** Stores a new message. (chat, position) and (chat, author, client id) must be new; chat and author must exist. */
  add(message: Message): Promise<void>;
  /**
   * Replaces the message at the same place, which must exist. Its author, client id, time of sending, reactions, mentions, files and what it
   * answers stay.
   */
  change(message: Message): Promise<void>;
  /** Notes that the reactions to the message changed at this revision. */
  noteReactions(place: MessagePlace, revision: Revision): Promise<void>;
  /** Replaces the mentions of the message, which must exist. A deleted message keeps them until it is erased. */
  setMentions(place: MessagePlace, mentions: readonly Mention[]): Promise<void>;
  /** Adds an earlier version; its revision must be new to the message. */
  addVersion(place: MessagePlace, version: MessageVersion): Promise<void>;
  /** Removes one earlier version; an unknown revision changes nothing. */
  removeVersion(place: MessagePlace, revision: Revision): Promise<void>;
  /** Removes all earlier versions. */
  removeVersions(place: MessagePlace): Promise<void>;
  /**
   * Removes the messages of a chat after one position up to another, with everything that belongs to them. Answers the keys of their files,
   * whose blobs are left.
   */
  removeRange(
    chatId: ChatId,
    range: { readonly after: Revision; readonly through: Revision },
  ): Promise<readonly BlobKey[]>;
}
