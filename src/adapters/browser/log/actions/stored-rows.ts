/** Rows of stored messages; those of pending posts have a state. */
const STORED = 'article:not([data-state])';

/** The row of a stored message that the target is in, also of a notice or of a deleted message. */
export function storedRowAt(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>(STORED)) || undefined;
}

/** The stored row above this one (-1) or below it (1). */
export function neighbourOf(row: Element, direction: -1 | 1): HTMLElement | undefined {
  return storedRowFrom(direction < 0 ? row.previousElementSibling : row.nextElementSibling, direction);
}

export const firstRow = (rows: HTMLElement): HTMLElement | undefined => storedRowFrom(rows.firstElementChild, 1);

export const lastRow = (rows: HTMLElement): HTMLElement | undefined => storedRowFrom(rows.lastElementChild, -1);

function storedRowFrom(start: Element | null, direction: -1 | 1): HTMLElement | undefined {
  let next = start;
  while (next && !next.matches(STORED)) next = direction < 0 ? next.previousElementSibling : next.nextElementSibling;
  return next instanceof HTMLElement ? next : undefined;
}
