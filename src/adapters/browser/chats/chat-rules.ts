import { daysWords } from '../../../domain/moderation/retention.ts';
import type { DetailsFrame } from '../../wire/frames.ts';
import { showSlowMode } from '../composer/slow-mode.ts';
import type { Timeline } from '../log/timeline.ts';
import { offlinePages } from '../shell/offline-pages.ts';
import { part } from '../shell/part.ts';

/** Shows what holds in the chat beyond the usual: its slow mode, its archive, and how long its messages are kept. */
export function showRules(main: HTMLElement, details: DetailsFrame, log: Pick<Timeline, 'eraseTo'>): void {
  showSlowMode(main, details.archived ? 0 : (details.slow_mode ?? 0));
  main.toggleAttribute('data-archived', details.archived ?? false);
  const kept = part(main, '[data-retention]', HTMLElement);
  kept.textContent = details.retention_days ? ` · kept ${daysWords(details.retention_days)}` : '';
  kept.hidden = !details.retention_days;
  if (details.erased_to) erase(main, log, details.erased_to);
}

/** Takes the messages at this position and before out of the page, and what replies quote of them. */
function erase(main: HTMLElement, log: Pick<Timeline, 'eraseTo'>, upTo: number): void {
  if (log.eraseTo(upTo)) offlinePages.forget(Number(main.dataset.chatId));
  for (const quote of main.querySelectorAll<HTMLElement>('[data-quoted]'))
    if (Number(quote.dataset.quoted) <= upTo) quote.remove();
}
