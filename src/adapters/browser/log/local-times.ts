import { localFormat } from './time-zone.ts';

const clock = localFormat({ hour: '2-digit', minute: '2-digit' });
const calendar = localFormat({ dateStyle: 'full', timeStyle: 'short' });

/** Replaces the server's UTC by the reader's own time, with the whole date as a tooltip or, for `data-whole`, in place. */
export function showLocalTimes(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>('time[datetime*="T"]')) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    const date = calendar(moment);
    element.title = date;
    rewrite(element, 'whole' in element.dataset ? date : clock(moment));
  }
}

/** Changes the words where they are: new nodes in a log would be read out. */
function rewrite(element: Element, words: string): void {
  const [text] = element.childNodes;
  if (text instanceof Text) text.data = words;
  else element.textContent = words;
}
