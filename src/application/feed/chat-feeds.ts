import type { ChatId } from '../../domain/ids.ts';
import { ChatFeed } from './chat-feed.ts';
import type { ChatFeedDeps } from './feed-deps.ts';

/** The feeds of the chats that have followers, one for each chat. */
export class ChatFeeds {
  readonly #deps: ChatFeedDeps;
  readonly #open = new Map<ChatId, ChatFeed>();

  constructor(deps: ChatFeedDeps) {
    this.#deps = deps;
  }

  of(chatId: ChatId): ChatFeed {
    const open = this.#open.get(chatId);
    if (open) return open;
    this.#deps.names.begin();
    const feed = new ChatFeed(chatId, this.#deps);
    this.#open.set(chatId, feed);
    return feed;
  }

  /** Members of the chat have come or gone. */
  peopleChanged(chatId: ChatId): void {
    this.#open.get(chatId)?.details.changed();
  }

  /** Somebody has another name. */
  renamed(): void {
    for (const feed of this.#open.values()) feed.renamed();
  }

  /** Closes the feed if it has no followers any more. */
  release(chatId: ChatId, feed: ChatFeed): void {
    if (!feed.isEmpty) return;
    feed.close();
    if (this.#open.get(chatId) === feed) this.#open.delete(chatId);
  }
}
