import type { Broadcast } from '../application/ports/broadcast.ts';
import { noticeChanges, SearchIndexer } from '../application/search/search-indexer.ts';
import type { Get } from './container.ts';
import { LOG, SEARCH_INDEXER, STORAGE, TIMER } from './tokens.ts';

export const makeSearchIndexer = (get: Get): SearchIndexer =>
  new SearchIndexer({ ...get(STORAGE), timer: get(TIMER), log: get(LOG) });

/** The broadcast by which use cases tell of changes. */
export function noticedBroadcast(get: Get, broadcast: Broadcast): Broadcast {
  const indexer = get(SEARCH_INDEXER);
  return noticeChanges(broadcast, (chatId) => indexer.note(chatId));
}
