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
