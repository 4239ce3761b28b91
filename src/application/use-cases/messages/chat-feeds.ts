import type { ChatId } from '../../../domain/ids.ts';
import { ChatFeed, type ChatFeedDeps } from './chat-feed.ts';

/** The feeds of the chats that somebody follows, one each. */
export class ChatFeeds {
  readonly #deps: ChatFeedDeps;
  readonly #open = new Map<ChatId, ChatFeed>();

  constructor(deps: ChatFeedDeps) {
    this.#deps = deps;
  }

  of(chatId: ChatId): ChatFeed {
    const open = this.#open.get(chatId);
    if (open) return open;
    const feed = new ChatFeed(chatId, this.#deps);
    this.#open.set(chatId, feed);
    return feed;
  }

  /** Closes the feed if nobody follows it any more. */
  release(chatId: ChatId, feed: ChatFeed): void {
    if (!feed.isEmpty) return;
    feed.close();
    if (this.#open.get(chatId) === feed) this.#open.delete(chatId);
  }
}
