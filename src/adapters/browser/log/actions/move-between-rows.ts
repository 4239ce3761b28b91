import { optionalPart } from '../../shell/part.ts';
import { firstRow, lastRow, neighbourOf, storedRowAt } from './stored-rows.ts';

/** Arrows, Home and End move the focus from row to row; Escape moves it to the box. */
export function moveBetweenRows(event: KeyboardEvent, rows: HTMLElement): void {
  const { key, target, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented } = event;
  const row = storedRowAt(target);
  if (!row || defaultPrevented || altKey || ctrlKey || metaKey || shiftKey) return;
  if (key === 'Escape') optionalPart(document, '[data-composer] textarea', HTMLTextAreaElement)?.focus();
  if (target !== row) return;
  const next = MOVES[key]?.(row, rows);
  if (!next) return;
  event.preventDefault();
  if (!next.hasAttribute('tabindex')) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

const MOVES: Readonly<Record<string, (row: HTMLElement, rows: HTMLElement) => HTMLElement | undefined>> = {
  ArrowUp: (row) => neighbourOf(row, -1),
  ArrowDown: (row) => neighbourOf(row, 1),
  Home: (_row, rows) => firstRow(rows),
  End: (_row, rows) => lastRow(rows),
};
