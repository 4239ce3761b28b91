import type { Decided } from '../../application/ports/announcements.ts';
import type { KnownPage } from '../../application/ports/link-cards.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { PasskeyChange } from '../../domain/identity/passkey.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Job, JobId } from '../../domain/jobs/job.ts';
import type { MessageId } from '../../domain/messages/message.ts';
import type { PictureOwner } from '../../domain/pictures/picture.ts';
import type { Emoji } from '../../domain/reactions/tally.ts';
import type { Level } from '../../domain/reading/level.ts';
import type { SearchPlace } from '../../domain/search/search-place.ts';
import type { Searchable } from '../../domain/search/searched-message.ts';

export type PictureKey = `${PictureOwner['kind']}/${number}`;

export interface MemoryPasskeyOwner {
  readonly handle: string;
  readonly change: PasskeyChange | undefined;
}

export interface MemoryRestingName {
  readonly key: UsernameKey;
  readonly userId: UserId;
  readonly until: number;
}

export interface MemoryLevel {
  /** Undefined for the usual level. */
  readonly level: Level | undefined;
  readonly mutedUntil: number | null;
  readonly pinned: boolean;
}

export interface MemoryLinkPage {
  readonly href: string;
  readonly page: KnownPage | 'none';
  readonly expiresAt: number;
  readonly leasedUntil: number;
}

export interface MemoryReaction {
  readonly emoji: Emoji;
  readonly userId: UserId;
  readonly revision: Revision;
}

/** What was decided about a message. */
export interface MemoryAnnouncements {
  readonly id: MessageId;
  readonly decided: readonly Decided[];
}

export interface MemoryJob {
  readonly id: JobId;
  readonly job: Job;
  /** By this process's monotonic clock. */
  readonly dueAt: number;
  readonly attempts: number;
  readonly lease: string | undefined;
  readonly lastError: string;
  /** Milliseconds since 1970. */
  readonly diedAt: number | undefined;
}

export interface MemorySearchEntry extends Searchable {
  readonly chatId: ChatId;
  readonly position: Revision;
  readonly place: SearchPlace;
}
