const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const DAY_AND_CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** When this page was kept, in words, if it is a kept one; undefined when it has just come from the server. */
export function keptAt(): string | undefined {
  const { keptAt } = document.documentElement.dataset;
  if (keptAt === undefined) return undefined;
  const moment = new Date(keptAt);
  const isToday = moment.toDateString() === new Date().toDateString();
  return (isToday ? CLOCK : DAY_AND_CLOCK).format(moment);
}
