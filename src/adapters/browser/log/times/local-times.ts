import { localFormat } from './time-zone.ts';

const clock = localFormat({ hour: 'numeric', minute: '2-digit' });
const calendar = localFormat({ dateStyle: 'full', timeStyle: 'short' });

/** Replaces UTC by the reader's time. The full date becomes the tooltip or, with `data-whole`, the text. */
export function showLocalTimes(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>('time[datetime*="T"]')) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    const date = calendar(moment);
    element.title = date;
    rewrite(element, 'whole' in element.dataset ? date : clock(moment));
  }
}

/** Changes the existing text node: assistive technology would announce a new one in a log. */
function rewrite(element: Element, words: string): void {
  const [text] = element.childNodes;
  if (text instanceof Text) text.data = words;
  else element.textContent = words;
}
