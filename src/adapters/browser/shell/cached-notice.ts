import { cachedAt } from './cached-page.ts';

/** Says that the page comes from the cache, and loads it again when the network is back. */
export function startCachedNotice(notice: HTMLElement): void {
  const time = cachedAt();
  if (time === undefined) return;
  notice.textContent = `You are offline. This is from ${time}.`;
  notice.hidden = false;
  let isLeaving = false;
  addEventListener('beforeunload', () => {
    isLeaving = true;
  });
  // A network that comes and goes may be gone before this event is dispatched. A reload would cancel a navigation that has begun.
  addEventListener('online', () => {
    if (navigator.onLine && !isLeaving) location.reload();
  });
}
