import { sentenceOf } from './api.ts';
import { PAGE_LENGTH, readHistory } from './history.ts';
import { part } from './part.ts';
import type { LogScroll } from './scroll.ts';
import type { Timeline } from './timeline.ts';

export interface EarlierOptions {
  readonly link: HTMLAnchorElement;
  readonly log: HTMLElement;
  readonly chatId: number;
  readonly timeline: Timeline;
  readonly scroll: LogScroll;
}

/** Turns the link to the page before into one that brings that page's messages here. */
export function startEarlier({ link, log, chatId, timeline, scroll }: EarlierOptions): void {
  const way = link.parentElement ?? link;
  const problem = part(way, '.problem', HTMLElement);
  let loading = false;

  const load = async () => {
    const page = await readHistory(chatId, timeline.oldest);
    problem.hidden = true;
    // Assistive technology reads what is added to a log; old messages are no news.
    log.ariaBusy = 'true';
    scroll.keepPlace(() => {
      for (const message of page.messages) timeline.show(message);
      way.hidden = page.messages.length < PAGE_LENGTH;
    });
    requestAnimationFrame(() => {
      log.ariaBusy = null;
    });
  };

  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (loading) return;
    loading = true;
    load()
      .catch((error: unknown) => {
        problem.textContent = sentenceOf(error);
        problem.hidden = false;
      })
      .finally(() => {
        loading = false;
      });
  });
}
