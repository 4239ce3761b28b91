import { daysWords } from '../../../domain/moderation/retention.ts';
import type { DetailsFrame } from '../../wire/frames.ts';
import { showSlowMode } from '../composer/slow-mode.ts';
import { offlinePages } from '../shell/offline-pages.ts';
import { part } from '../shell/part.ts';

/** Shows what holds in the chat beyond the usual: its slow mode, its archive, and how long its messages are kept. */
export function showRules(main: HTMLElement, details: DetailsFrame): void {
  showSlowMode(main, details.archived ? 0 : (details.slow_mode ?? 0));
  main.toggleAttribute('data-archived', details.archived ?? false);
  const kept = part(main, '[data-retention]', HTMLElement);
  kept.textContent = details.retention_days ? ` · kept ${daysWords(details.retention_days)}` : '';
  kept.hidden = !details.retention_days;
  removeErased(main, details.erased_to ?? 0);
}

/** Takes the messages at this position and before out of the log, and what replies quote of them. */
function removeErased(main: HTMLElement, erasedTo: number): void {
  const isErased = (position: string | undefined) => position !== undefined && Number(position) <= erasedTo;
  const rows = [...main.querySelectorAll<HTMLElement>('.log-rows [data-position]')];
  const erased = rows.filter(({ dataset }) => isErased(dataset.position));
  for (const row of erased) row.remove();
  for (const quote of main.querySelectorAll<HTMLElement>('[data-quoted]'))
    if (isErased(quote.dataset.quoted)) quote.remove();
  for (const day of main.querySelectorAll('.log-rows .day'))
    if (!day.nextElementSibling?.matches('article')) day.remove();
  if (erased.length > 0) offlinePages.forget(Number(main.dataset.chatId));
}
