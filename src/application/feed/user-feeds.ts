import type { ChatId, UserId } from '../../domain/ids.ts';
import type { NamingFeedDeps } from './feed-deps.ts';
import { LiveSummaries } from './live-summaries.ts';
import { UserFeed } from './user-feed.ts';

/** The feeds of the users who are connected, one each. */
export class UserFeeds {
  readonly #deps: NamingFeedDeps;
  readonly #summaries: LiveSummaries;
  readonly #open = new Map<UserId, UserFeed>();

  constructor(deps: NamingFeedDeps) {
    this.#deps = deps;
    this.#summaries = new LiveSummaries(deps);
  }

  of(userId: UserId): UserFeed {
    const open = this.#open.get(userId);
    if (open) return open;
    this.#deps.names.begin();
    const feed = new UserFeed(userId, this.#deps, this.#summaries);
    this.#open.set(userId, feed);
    return feed;
  }

  /** Somebody has another name. */
  renamed(): void {
    this.#summaries.renamed();
  }

  /** See `LiveSummaries.watching`. */
  watching(chatId: ChatId) {
    return this.#summaries.watching(chatId);
  }

  /** Closes the feed if it has no followers any more. */
  release(feed: UserFeed): void {
    if (!feed.isEmpty) return;
    feed.close();
    if (this.#open.get(feed.userId) === feed) this.#open.delete(feed.userId);
  }
}
