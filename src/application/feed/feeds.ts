import { ChatFeeds } from './chat-feeds.ts';
import type { FeedDeps } from './feed-deps.ts';
import { LivePresence } from './live-presence.ts';
import { NameNews } from './name-news.ts';
import { PresentNames } from './present-names.ts';
import { UserFeeds } from './user-feeds.ts';

/** All that an instance delivers. */
export interface Feeds {
  readonly feeds: ChatFeeds;
  readonly userFeeds: UserFeeds;
  readonly livePresence: LivePresence;
  readonly nameNews: NameNews;
}

/** @param given with the name of this instance among all */
export function makeFeeds(given: FeedDeps & { readonly instance: string }): Feeds {
  const names = new PresentNames(given);
  const deps = { ...given, names };
  const userFeeds = new UserFeeds(deps);
  const feeds: ChatFeeds = new ChatFeeds({
    ...deps,
    countOnline: (chatId, followers) => livePresence.countOnline(chatId, followers),
  });
  const livePresence = new LivePresence(deps, {
    watching: (chatId) => userFeeds.watching(chatId),
    peopleChanged: (chatId) => feeds.peopleChanged(chatId),
  });
  // What was posted under a former name is delivered before the followers are told that it is another.
  names.onRename(() => feeds.renamed());
  names.onRename(() => userFeeds.renamed());
  return { feeds, userFeeds, livePresence, nameNews: new NameNews(deps, names) };
}
