import { drafts } from '../composer/drafts.ts';
import { privateStorage } from '../storage/private-storage.ts';

/** Marks the chats in the list that have a draft, except the open one. */
export function startDraftMarks(list: HTMLElement): void {
  const userId = Number(list.dataset.viewerId);
  const mark = () => {
    for (const link of list.querySelectorAll<HTMLAnchorElement>('a[href^="/chat/"]:not([aria-current])')) {
      const chatId = Number(link.pathname.split('/')[2]);
      setMark(link, drafts.has({ userId, chatId }));
    }
  };
  mark();
  privateStorage.onChange(mark);
}

/** The mark is beside the link, so that the link's name is that of the chat. */
function setMark(link: HTMLAnchorElement, isMarked: boolean): void {
  const marked = link.parentElement?.querySelector('.card-draft');
  if (isMarked === Boolean(marked)) return;
  if (marked) {
    marked.remove();
    return;
  }
  const mark = document.createElement('span');
  mark.className = 'card-draft';
  mark.textContent = 'Draft';
  link.after(mark);
}
