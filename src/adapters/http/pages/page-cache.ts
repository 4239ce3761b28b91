import { LRUCache } from 'lru-cache';
import type { Chat, Revision } from '../../../domain/chats/chat.ts';
import type { Role } from '../../../domain/chats/membership.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import { areSameReadings, type ListedChat } from '../../../domain/reading/reading.ts';
import type { Look } from '../cookies/look.ts';

/** A rendered page and everything it was rendered from. Rendering the same parts again gives the same page. */
export interface CachedPage extends PageParts {
  readonly body: Uint8Array<ArrayBuffer>;
  /** The form id in the body. Each copy that is sent gets its own. */
  readonly formId: string;
  /** The version of the store before the parts were read. */
  readonly version: number | undefined;
}

export interface PageParts extends Look {
  readonly viewer: User;
  readonly extent: PageExtent;
  /** The page shows the history at this chat's revision. */
  readonly chat: Chat;
  readonly role: Role;
  readonly members: number;
  /** The number of the last rename of a user before the parts were read. */
  readonly renames: number;
  /** Those that the body shows. */
  readonly chats: readonly ListedChat[];
}

/** The whole page of a chat, or the part that takes the place of another chat's. */
export type PageExtent = 'whole' | 'part';

type Shown = Pick<Chat, 'id' | 'name' | 'revision'>;

interface PageKey extends Look {
  readonly viewer: UserId;
  readonly chat: ChatId;
  readonly extent: PageExtent;
}

/** Maximum pages remembered as rendered once. */
const MAX_SEEN = 4096;

/**
 * An LRU cache of rendered chat pages, for visitors who come back before anything has changed. A page is cached when it is
 * rendered for the second time at one revision: most pages are never asked for again, and caching one costs a fifth of
 * rendering it.
 */
export class PageCache {
  readonly #pages: LRUCache<string, CachedPage>;
  /** The revision at which each page was last rendered. With `max` the cache would allocate room for all of them at once. */
  readonly #seen = new LRUCache<string, Revision>({ maxSize: MAX_SEEN, sizeCalculation: () => 1 });

  /** @param maxBytes total size of the bodies; the other parts of a page are of the same order of size */
  constructor(maxBytes: number) {
    this.#pages = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ body }) => body.byteLength });
  }

  find(key: PageKey): CachedPage | undefined {
    return this.#pages.get(keyOf(key));
  }

  add(page: CachedPage): void {
    const key = keyOf(keyParts(page));
    if (this.#seen.get(key) === page.chat.revision) {
      this.#pages.set(key, page);
    } else {
      this.#pages.delete(key);
      this.#seen.set(key, page.chat.revision);
    }
  }

  /** Marks the cached page as still current at a later version of the store. */
  renew(page: CachedPage, version: number | undefined): void {
    this.#pages.set(keyOf(keyParts(page)), { ...page, version });
  }
}

const keyParts = ({ viewer, chat, ...others }: PageParts): PageKey => ({ ...others, viewer: viewer.id, chat: chat.id });

const keyOf = ({ viewer, chat, theme, density, rail, administers, extent }: PageKey): string =>
  `${viewer} ${chat} ${theme} ${density} ${rail} ${administers} ${extent}`;

/** Whether pages rendered from these parts look the same. Each change of a role comes with a notice, and so with a revision. */
export function areSameParts(these: PageParts, those: PageParts): boolean {
  return (
    these.members === those.members &&
    these.renames === those.renames &&
    areSame(these.chat, those.chat) &&
    these.chat.retention?.erasedTo === those.chat.retention?.erasedTo &&
    these.viewer.id === those.viewer.id &&
    these.viewer.username === those.viewer.username &&
    these.chats.length === those.chats.length &&
    these.chats.every((chat, index) => areListedAlike(chat, those.chats[index]))
  );
}

function areListedAlike(one: ListedChat, other: ListedChat | undefined): boolean {
  const areOthersSame = one.others?.join() === other?.others?.join();
  return other !== undefined && areOthersSame && areSame(one, other) && areSameReadings(one.reading, other.reading);
}

/** What else a chat's card shows changes with a revision. */
function areSame(one: Shown, other: Shown | undefined): boolean {
  return one.id === other?.id && one.name === other.name && one.revision === other.revision;
}
