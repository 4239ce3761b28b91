import type { WireMessage } from '../../wire/message.ts';
import { formatting } from '../formatting/formatting.ts';
import { showLocalTimes } from './times/local-times.ts';

/**
 * Turns the row of a post into that of its message, in place: assistive technology has announced it, and would announce an
 * added row again.
 */
export function settleRow(posted: HTMLElement, row: HTMLElement, message: WireMessage): void {
  posted.querySelector('.failure')?.remove();
  settleQuote(posted, row);
  if (message.mentions.length > 0) formatting.take(posted, row);
  delete posted.dataset.state;
  for (const { name, value } of row.attributes) if (name !== 'class') posted.setAttribute(name, value);
  const ids = [...row.querySelectorAll('[id]')].map(({ id }) => id);
  posted.querySelectorAll('[id]').forEach((element, index) => {
    element.id = ids[index] ?? '';
  });
  for (const time of posted.querySelectorAll('time')) time.dateTime = message.sent_at;
  settleLink(posted, row);
  showLocalTimes(posted);
}

/** Replaces the quote where it is not that of the stored reply. An equal one is not announced again. */
function settleQuote(posted: HTMLElement, row: HTMLElement): void {
  const [shown, stored] = [posted.querySelector('.quote'), row.querySelector('.quote')];
  if (shown && stored && shown.outerHTML !== stored.outerHTML) shown.replaceWith(stored);
}

/** The same link leads to another address: a new one would be announced. */
function settleLink(posted: HTMLElement, row: HTMLElement): void {
  const [shown, stored] = [posted, row].map((each) => each.querySelector<HTMLAnchorElement>('.bubble > a'));
  if (shown && stored) shown.href = stored.href;
}
