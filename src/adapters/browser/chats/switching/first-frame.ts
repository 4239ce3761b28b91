import { part } from '../../shell/part.ts';

/** Height of the lowest row with what is between rows. */
const MIN_ROW_PX = 32;

/**
 * Hides what is above the first view of a chat that is read to its end, and need not be laid out for the first frame. Returns whether there
 * is anything. A hidden row is for the log a row above what is in sight.
 */
export function hideEarlierRows(main: HTMLElement): boolean {
  const opensAtEnd = main.dataset.unread === '0' && !('past' in main.dataset) && !main.querySelector('[aria-current]');
  if (!opensAtEnd || document.hidden) return false;
  const inSight = Math.ceil(part(document, '[role="log"]', HTMLElement).clientHeight / MIN_ROW_PX);
  const rows = [...main.querySelectorAll<HTMLElement>('.log-rows > *')].slice(0, -inSight);
  for (const row of rows) row.hidden = true;
  return rows.length > 0;
}

/** Calls once the next frame is painted. */
export function afterFrame(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act));
}
