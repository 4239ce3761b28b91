import { renameCard } from './details.ts';
import { cardElement } from './message-html.ts';
import { privateStorage } from './private-storage.ts';
import { sessionEnd } from './session-end.ts';
import { isRecord } from './wire-decoding.ts';

interface ListedChat {
  readonly id: number;
  readonly name: string;
}

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
    const chats = await fetchChats();
    isAsking = false;
    if (chats) show(cards, chats);
  };

  privateStorage.onChange((name, value) => {
    if (name === known && value !== undefined && value !== JSON.stringify(listed(cards)))
      void fetchChats().then((chats) => chats && show(cards, chats));
  });
  new MutationObserver(write).observe(cards, { childList: true, characterData: true, subtree: true });
  addEventListener('focus', () => void ask());
  document.addEventListener('visibilitychange', () => void ask());
  // A page from the browser's own store may be older than what is known.
  if (document.documentElement.dataset.keptAt === undefined) write();
}

const listed = (cards: HTMLElement): readonly ListedChat[] =>
  [...cards.querySelectorAll<HTMLElement>(':scope > [data-chat]')].map((card) => ({
    id: Number(card.dataset.chat),
    name: card.querySelector('.card-name')?.textContent ?? '',
  }));

/** Undefined when the server cannot be reached or has ended the session, of which the page's own parts tell. */
async function fetchChats(): Promise<readonly ListedChat[] | undefined> {
  if (sessionEnd.isOver) return undefined;
  try {
    const response = await fetch('/chats', { headers: { accept: 'application/json' } });
    if (response.status === 401) sessionEnd.note();
    const body: unknown = response.ok ? await response.json() : undefined;
    return isRecord(body) && Array.isArray(body.chats) ? body.chats.filter(isListedChat) : undefined;
  } catch {
    return undefined;
  }
}

const isListedChat = (value: unknown): value is ListedChat =>
  isRecord(value) && typeof value.id === 'number' && typeof value.name === 'string';

/** The open chat stays where it is: that one is not a member of it any more is told by the chat itself. */
function show(cards: HTMLElement, chats: readonly ListedChat[]): void {
  const before = new Map(
    [...cards.querySelectorAll<HTMLElement>(':scope > [data-chat]')].map((card) => [Number(card.dataset.chat), card]),
  );
  let place = cards.querySelector(':scope > :not([data-chat])');
  for (const chat of chats) {
    const card = before.get(chat.id) ?? cardElement(chat);
    before.delete(chat.id);
    const link = card.querySelector<HTMLAnchorElement>('.card-link');
    if (link && link.querySelector('.card-name')?.textContent !== chat.name) renameCard(link, chat.name);
    if (!card.isConnected) {
      if (place) place.after(card);
      else cards.prepend(card);
    }
    place = card;
  }
  for (const card of before.values()) if (!card.querySelector('[aria-current]')) card.remove();
}
