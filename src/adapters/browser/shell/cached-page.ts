const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const DAY_AND_CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The time, in words, at which the service worker cached this page; undefined for a page from the server. */
export function cachedAt(): string | undefined {
  const { cachedAt } = document.documentElement.dataset;
  if (cachedAt === undefined) return undefined;
  const moment = new Date(cachedAt);
  const isToday = moment.toDateString() === new Date().toDateString();
  return (isToday ? CLOCK : DAY_AND_CLOCK).format(moment);
}

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
