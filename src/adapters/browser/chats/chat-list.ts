import { privateStorage } from '../storage/private-storage.ts';

/**
 * Keeps the list of chats current in every tab. A tab in which the list has changed stores it, which makes the other tabs ask
 * the server. Changes by other people are loaded when the page becomes visible again.
 */
export function startChatList(list: HTMLElement): void {
  const cards = list.querySelector<HTMLElement>('.cards');
  if (!cards) return;
  const known = `chats:${list.dataset.viewerId}`;
  const write = () => {
    const shown = JSON.stringify(listed(cards));
    if (privateStorage.read(known) !== shown) privateStorage.write(known, shown);
  };
  let isAsking = false;
  const ask = async () => {
    if (isAsking || document.hidden || !navigator.onLine) return;
    isAsking = true;
    await update(cards);
    isAsking = false;
  };

  privateStorage.onChange((name, value) => {
    if (name === known && value !== undefined && value !== JSON.stringify(listed(cards))) void update(cards);
  });
  new MutationObserver(write).observe(cards, { childList: true, characterData: true, subtree: true });
  addEventListener('focus', () => void ask());
  document.addEventListener('visibilitychange', () => void ask());
  // A page from the cache may be older than the stored list.
  if (document.documentElement.dataset.cachedAt === undefined) write();
}

const listed = (cards: HTMLElement) =>
  [...cards.querySelectorAll<HTMLElement>(':scope > [data-chat]')].map((card) => ({
    id: Number(card.dataset.chat),
    name: card.querySelector('.card-name')?.textContent ?? '',
  }));

/** Where the script cannot be loaded, the list stays as it is. */
const update = (cards: HTMLElement): Promise<void> =>
  import('./chat-list-update.ts').then(
    ({ updateChatList }) => updateChatList(cards),
    () => undefined,
  );
