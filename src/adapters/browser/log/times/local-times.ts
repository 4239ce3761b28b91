import { dayOf, daysAfter } from './local-days.ts';
import { localFormat } from './time-zone.ts';

const clock = localFormat({ hour: 'numeric', minute: '2-digit' });
const weekday = localFormat({ weekday: 'short' });
const dayOfYear = localFormat({ day: 'numeric', month: 'short' });
const wholeDay = localFormat({ dateStyle: 'short' });
const calendar = localFormat({ dateStyle: 'full', timeStyle: 'short' });

/**
 * Replaces UTC by the reader's time. The full date becomes the tooltip or, with `data-whole`, the text. With `data-brief` the text is as
 * long as it must be: the time today, the day of the week within a week, and the date before that.
 */
export function showLocalTimes(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>('time[datetime*="T"]')) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    const date = calendar(moment);
    element.title = date;
    const { dataset } = element;
    rewrite(element, 'whole' in dataset ? date : 'brief' in dataset ? brief(moment, new Date()) : clock(moment));
  }
}

function brief(moment: Date, now: Date): string {
  const day = dayOf(moment);
  if (day === dayOf(now)) return clock(moment);
  if (moment < now && day > dayOf(daysAfter(now, -7))) return weekday(moment);
  return moment.getFullYear() === now.getFullYear() ? dayOfYear(moment) : wholeDay(moment);
}

/** Changes the existing text node: assistive technology would announce a new one in a log. */
function rewrite(element: Element, words: string): void {
  const [text] = element.childNodes;
  if (text instanceof Text) text.data = words;
  else element.textContent = words;
}
