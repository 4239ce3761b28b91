import { isStored, positionOf } from '../row-facts.ts';
import { isUnreadBy } from './unread-line.ts';

/**
 * The position of the last row whose end is in sight. 0 when there is none, and when an unread row after `read` is above what is in
 * sight: the reader has jumped over it.
 */
export function lastInSight(log: HTMLElement, { read, viewerId }: { read: number; viewerId: number }): number {
  const { top, bottom } = log.getBoundingClientRect();
  const rows = [...log.querySelectorAll<HTMLElement>('article')].filter(isStored);
  const last = rows.findLastIndex((row) => row.getBoundingClientRect().bottom <= bottom + 1);
  const first = rows.findLastIndex((row, index) => index <= last && row.getBoundingClientRect().bottom <= top);
  const isJumped = rows.slice(0, first + 1).some((row) => positionOf(row) > read && isUnreadBy(viewerId, row));
  const shown = rows[last];
  return shown && last > first && !isJumped ? positionOf(shown) : 0;
}
