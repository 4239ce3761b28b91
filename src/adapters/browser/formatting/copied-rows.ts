import { dayOf } from '../log/times/local-days.ts';
import { sourceOfRow } from './source-of-row.ts';

/** Puts the source of the selected messages, with their authors and times, in place of what the browser would copy, until the signal is aborted. */
export function copyRows(rows: HTMLElement, signal: AbortSignal): void {
  const copy = (event: ClipboardEvent) => {
    const selected = selectedRows(rows);
    // A part of one message is copied as it is shown.
    if (selected.length < 2 || !event.clipboardData) return;
    event.clipboardData.setData('text/plain', selected.map(lineOf).join('\n'));
    event.preventDefault();
  };
  document.addEventListener('copy', copy, { signal });
}

function selectedRows(rows: HTMLElement): readonly HTMLElement[] {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0) return [];
  const range = selection.getRangeAt(0);
  return [...rows.querySelectorAll<HTMLElement>(':scope > article')].filter((row) => {
    const text = row.querySelector('.message-text');
    return text !== null && range.intersectsNode(text);
  });
}

function lineOf(row: HTMLElement): string {
  const sentAt = new Date(row.querySelector('time')?.dateTime ?? Number.NaN);
  const time = `${dayOf(sentAt)} ${sentAt.toTimeString().slice(0, 'HH:MM'.length)}`;
  const text = sourceOfRow(row);
  if (row.matches('.notice')) return `[${time}] ${text}`;
  return `[${time}] ${row.querySelector('.message-author')?.textContent ?? ''}: ${text}`;
}
