import type { Chat, Revision } from '../../../domain/chats/chat.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { Theme } from '../cookies/theme.ts';

/** A page as it was sent, with all that it was made of: of the same things the same page would be made. */
export interface KeptPage extends PageParts {
  readonly body: Uint8Array<ArrayBuffer>;
  /** With which its forms were made; each copy that leaves has one of its own. */
  readonly formId: string;
  /** The store's, before its parts were read. */
  readonly version: number | undefined;
}

export interface PageParts {
  readonly viewer: User;
  readonly theme: Theme;
  /** Its history is the chat's at this revision. */
  readonly chat: Chat;
  readonly members: number;
  readonly chats: readonly Chat[];
}

interface PageKey {
  readonly viewer: UserId;
  readonly chat: ChatId;
  readonly theme: Theme;
}

/** So many pages are remembered as made once. */
const MOST_SEEN = 4096;

/**
 * Chat pages that were made lately, so many bytes of them, for those who come back before anything has changed. One that
 * is made for the first time is not kept: most are never asked for again, and keeping one costs a fifth of making it.
 */
export class KeptPages {
  readonly #mostBytes: number;
  /** At which revision a page was made last. */
  readonly #seen = new Map<string, Revision>();
  /** The one used last is the last. */
  readonly #pages = new Map<string, KeptPage>();
  #bytes = 0;

  /** @param mostBytes of bodies; what else is kept of a page stands in its body too, and is of the same order */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  find({ viewer, chat, theme }: PageKey): KeptPage | undefined {
    const key = keyOf({ viewer, chat, theme });
    const page = this.#pages.get(key);
    if (!page) return undefined;
    this.#pages.delete(key);
    this.#pages.set(key, page);
    return page;
  }

  keep(page: KeptPage): void {
    const key = keyOf(keyParts(page));
    this.#drop(key);
    if (!this.#wasSeen(key, page.chat.revision)) return;
    this.#pages.set(key, page);
    this.#bytes += page.body.byteLength;
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#drop(oldest);
    }
  }

  /** The page is still what would be made, at a later version. */
  renew(page: KeptPage, version: number | undefined): void {
    this.#pages.set(keyOf(keyParts(page)), { ...page, version });
  }

  #wasSeen(key: string, revision: Revision): boolean {
    if (this.#seen.get(key) === revision) return true;
    this.#seen.delete(key);
    this.#seen.set(key, revision);
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= MOST_SEEN) break;
      this.#seen.delete(oldest);
    }
    return false;
  }

  #drop(key: string): void {
    this.#bytes -= this.#pages.get(key)?.body.byteLength ?? 0;
    this.#pages.delete(key);
  }
}

const keyParts = ({ viewer, chat, theme }: PageParts): PageKey => ({ viewer: viewer.id, chat: chat.id, theme });

const keyOf = ({ viewer, chat, theme }: PageKey): string => `${viewer} ${chat} ${theme}`;

/** Whether a page that was made of these shows what one made of those would. */
export function areSameParts(these: PageParts, those: PageParts): boolean {
  return (
    these.members === those.members &&
    these.chat.revision === those.chat.revision &&
    areSameToSee(these.chat, those.chat) &&
    these.viewer.id === those.viewer.id &&
    these.viewer.username === those.viewer.username &&
    these.chats.length === those.chats.length &&
    these.chats.every((chat, index) => areSameToSee(chat, those.chats[index]))
  );
}

/** The list of chats shows none of their revisions. */
function areSameToSee(one: Chat, other: Chat | undefined): boolean {
  return one.id === other?.id && one.name === other.name;
}
