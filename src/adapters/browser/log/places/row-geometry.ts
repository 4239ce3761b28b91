import { optionalPart } from '../../shell/part.ts';

export const rowAt = (rows: HTMLElement, position: number): HTMLElement | undefined =>
  optionalPart(rows, `article[data-position="${position}"]`, HTMLElement);

/** Distance of the top of a row from that of the log. */
export const topIn = (log: HTMLElement, row: Element): number =>
  row.getBoundingClientRect().top - log.getBoundingClientRect().top;

export const rowUnderPointer = (log: HTMLElement): Element | null => log.querySelector('article:hover');

export function firstVisibleRow(log: HTMLElement): Element | undefined {
  const edge = log.getBoundingClientRect().top;
  for (const row of log.querySelectorAll('article')) {
    if (row.getBoundingClientRect().bottom > edge) return row;
  }
  return undefined;
}

/** The position of the row in the middle, or the next one after it. */
export function middleOf(log: HTMLElement): number | undefined {
  const { top, height } = log.getBoundingClientRect();
  const rows = [...log.querySelectorAll<HTMLElement>('article:not([data-state])')];
  const row = rows.find((each) => each.getBoundingClientRect().bottom >= top + height / 2);
  return row && Number(row.dataset.position);
}
