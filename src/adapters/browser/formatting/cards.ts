import { requestJson, sentenceOf } from '../shell/api.ts';
import { say } from '../shell/say.ts';

const watched = new WeakSet<Element>();

/**
 * Keeps what the reader sees in place when messages get cards: such a card is not shown before its message is out of sight, unless the
 * reader is at the end of the log, which follows. Authors remove cards without leaving the page. To be called before a message with a card
 * is rendered; before the first one, the form does without script.
 */
export function watchCards(): void {
  const rows = document.querySelector<HTMLElement>('.log-rows');
  const log = rows?.closest<HTMLElement>('[role="log"]');
  if (!rows || !log || watched.has(rows)) return;
  watched.add(rows);
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) showOutOfSight(log, seen, entry);
    },
    { root: log },
  );
  rows.addEventListener('submit', (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.matches('.link-card-form')) return;
    event.preventDefault();
    void removeCard(event.target);
  });
  // Runs before the browser paints the change.
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      const [added, removed] = [elementIn(addedNodes), elementIn(removedNodes)];
      const card = added?.querySelector<HTMLElement>('.link-card');
      // Rows that replace none were not read before.
      if (!added || !card || !removed || removed.querySelector('.link-card:not([hidden])')) continue;
      const row = added.closest('article');
      if (!row || isAtEnd(log) || !isInSight(log, row)) continue;
      card.hidden = true;
      seen.observe(row);
    }
  }).observe(rows, { childList: true, subtree: true });
}

const elementIn = (nodes: NodeList): Element | undefined => [...nodes].find((node) => node instanceof Element);

const isAtEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean =>
  scrollHeight - scrollTop - clientHeight <= 2;

function isInSight(log: HTMLElement, row: Element): boolean {
  const [view, place] = [log.getBoundingClientRect(), row.getBoundingClientRect()];
  return place.bottom > view.top && place.top < view.bottom;
}

/** What is above the view grows upwards. */
function showOutOfSight(
  log: HTMLElement,
  seen: IntersectionObserver,
  { isIntersecting, target, boundingClientRect, rootBounds }: IntersectionObserverEntry,
): void {
  if (isIntersecting) return;
  seen.unobserve(target);
  const card = target.querySelector<HTMLElement>('.link-card');
  if (!card) return;
  const height = log.scrollHeight;
  card.hidden = false;
  if (rootBounds && boundingClientRect.bottom <= rootBounds.top) log.scrollTop += log.scrollHeight - height;
}

/** The row follows when the server tells of the change. */
async function removeCard({ action }: HTMLFormElement): Promise<void> {
  await requestJson(action, { method: 'POST' }).catch((error: unknown) => say(sentenceOf(error), 'alert'));
}
