import { isListed } from './chat-links.ts';
import { TypedWord } from './typed-word.ts';

/**
 * Moves the focus through the list of chats by arrows, Home and End, and by the beginning of a name. Tab reaches one chat: the one that had
 * the focus last or, before that, the current one.
 */
export function startListKeys(list: HTMLElement): void {
  const typed = new TypedWord();
  const links = () => [...list.querySelectorAll<HTMLAnchorElement>('.card-link')];
  const listed = () => links().filter(isListed);

  const reach = (target: HTMLAnchorElement | undefined) => {
    for (const link of links()) link.tabIndex = link === target ? 0 : -1;
  };
  let last: EventTarget | null = null;
  const renew = () => {
    const all = listed();
    reach(all.find((link) => link === last) ?? all.find(({ ariaCurrent }) => ariaCurrent) ?? all[0]);
  };

  list.addEventListener('focusin', ({ target }) => {
    last = target;
    renew();
  });
  list.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = listed();
    const index = all.findIndex((link) => link.matches(':focus'));
    const names = all.map((link) => link.textContent ?? '');
    const next = all[placeAfter(event.key, index, all.length) ?? typed.find(event, names, index) ?? -1];
    if (!next) return;
    event.preventDefault();
    // Letters are shortcuts elsewhere on the page.
    event.stopPropagation();
    next.focus();
  });
  new MutationObserver(renew).observe(list, {
    childList: true,
    subtree: true,
    attributeFilter: ['data-show', 'hidden'],
  });
  renew();
  list.querySelector('.card:has([aria-current])')?.scrollIntoView({ block: 'nearest' });
}

/** Undefined for a key that does not move. */
function placeAfter(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'ArrowDown':
      return Math.min(index + 1, count - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
