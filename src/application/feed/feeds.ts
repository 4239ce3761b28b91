import { ChatFeeds } from './chat-feeds.ts';
import type { FeedDeps } from './feed-deps.ts';
import { LivePresence } from './live-presence.ts';
import { UserFeeds } from './user-feeds.ts';

/** All that an instance delivers. */
export interface Feeds {
  readonly feeds: ChatFeeds;
  readonly userFeeds: UserFeeds;
  readonly livePresence: LivePresence;
}

/** @param deps with the name of this instance among all */
export function makeFeeds(deps: FeedDeps & { readonly instance: string }): Feeds {
  const userFeeds = new UserFeeds(deps);
  const feeds: ChatFeeds = new ChatFeeds({
    ...deps,
    countOnline: (chatId, followers) => livePresence.countOnline(chatId, followers),
  });
  const livePresence = new LivePresence(deps, {
    watching: (chatId) => userFeeds.watching(chatId),
    peopleChanged: (chatId) => feeds.peopleChanged(chatId),
  });
  return { feeds, userFeeds, livePresence };
}
