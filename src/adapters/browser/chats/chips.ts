import { isForNewTab } from '../shell/is-for-new-tab.ts';

/** The name of the entry of this tab that keeps the choice. */
const CHOICE = 'shoal:chips';

/** Lets the list show all chats, those with unread messages or direct chats alone. The style sheet hides the others. */
export function startChips(chips: HTMLElement, cards: HTMLElement): void {
  const links = [...chips.querySelectorAll('a')];

  const show = (choice: string) => {
    cards.dataset.show = choice;
    for (const link of links) link.ariaCurrent = link.dataset.show === choice ? 'true' : null;
  };

  chips.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const choice = link?.dataset.show;
    if (choice === undefined || isForNewTab(event)) return;
    event.preventDefault();
    keep(choice);
    show(choice);
  });
  const kept = keptChoice();
  // The chip of direct chats is shown where there are any.
  if (kept && !(kept === 'direct' && !cards.querySelector('[data-kind="direct"]'))) show(kept);
}

// Browsers may forbid all storage: the choice is then that of the page.
function keep(choice: string): void {
  try {
    sessionStorage.setItem(CHOICE, choice);
  } catch {}
}

function keptChoice(): string | null {
  try {
    return sessionStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

/** Shows in how many other chats there are unread messages: at the chip, and at the arrow that leads to the list. */
export function startUnreadChats(cards: HTMLElement): void {
  const count = () => {
    const unread = cards.querySelectorAll('.card:not(:has([aria-current])) > .card-unread:not([hidden])').length;
    for (const place of document.querySelectorAll<HTMLElement>('[data-unread-chats]')) {
      place.hidden = unread === 0;
      if (place.firstChild) place.firstChild.textContent = String(unread);
    }
  };
  new MutationObserver(count).observe(cards, {
    childList: true,
    subtree: true,
    attributeFilter: ['hidden', 'aria-current'],
  });
  count();
}
