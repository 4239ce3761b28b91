import { drafts } from '../composer/drafts.ts';
import { part } from '../shell/part.ts';
import { privateStorage } from '../storage/private-storage.ts';

/** Longer texts are cut off in any case. */
const SHOWN = 140;

/** Shows drafts in place of the newest messages, except that of the open chat. */
export function startDraftMarks(list: HTMLElement): void {
  const userId = Number(list.dataset.viewerId);
  const mark = () => {
    for (const card of list.querySelectorAll<HTMLElement>('.card')) {
      const isOpen = card.querySelector('[aria-current]');
      show(card, isOpen ? undefined : drafts.latest({ userId, chatId: Number(card.dataset.chat) }));
    }
  };
  mark();
  privateStorage.onChange(mark);
  new MutationObserver(mark).observe(list, { subtree: true, attributeFilter: ['aria-current'] });
}

function show(card: HTMLElement, text: string | undefined): void {
  card.querySelector('.card-draft')?.remove();
  if (text === undefined) return;
  const shown = document.createElement('bdi');
  shown.className = 'card-draft';
  const label = document.createElement('b');
  label.textContent = 'Draft: ';
  shown.append(label, text.slice(0, SHOWN));
  part(card, '.card-last', HTMLElement).before(shown);
}
