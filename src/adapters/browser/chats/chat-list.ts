import { privateStorage } from '../storage/private-storage.ts';

/**
 * Keeps the list of chats right in every tab. A tab whose list differs from the one that this browser knew last, since a chat
 * was made, joined, renamed or left there, writes it down; the other tabs hear of that and ask the server. What other people
 * change is asked for when the page is looked at again.
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
  // A page from the browser's own store may be older than what is known.
  if (document.documentElement.dataset.keptAt === undefined) write();
}

const listed = (cards: HTMLElement) =>
  [...cards.querySelectorAll<HTMLElement>(':scope > [data-chat]')].map((card) => ({
    id: Number(card.dataset.chat),
    name: card.querySelector('.card-name')?.textContent ?? '',
  }));

/** The list stays as it is until the script can be loaded, as it does while the server cannot be reached. */
const update = (cards: HTMLElement): Promise<void> =>
  import('./chat-list-update.ts').then(
    ({ updateChatList }) => updateChatList(cards),
    () => undefined,
  );
