import cardTemplate from '../../../../templates/partials/card.eta';
import { MAX_DISTANCE } from '../../wire/chat-card.ts';
import { faceOf } from '../../wire/face.ts';
import { isRecord } from '../connection/wire-decoding.ts';
import { sessionEnd } from '../session/session-end.ts';
import { elementOf } from '../templates/message-html.ts';
import { renameCard } from './details.ts';

/** A chat as the list shows it. */
export interface ListedChat {
  readonly id: number;
  readonly name: string;
}

/** Brings the list up to date, if the server can be reached. */
export async function updateChatList(cards: HTMLElement): Promise<void> {
  const chats = await fetchChats();
  if (chats) showChats(cards, chats);
}

/** The user's chats; undefined when the server cannot be reached or has ended the session, which other parts of the page show. */
export async function fetchChats(): Promise<readonly ListedChat[] | undefined> {
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

/** The card of the open chat stays in any case: the chat's own page says that its reader is no longer a member. */
export function showChats(cards: HTMLElement, chats: readonly ListedChat[]): void {
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

const cardElement = ({ id, name }: ListedChat): HTMLElement =>
  elementOf(cardTemplate({ card: { id, name, ...faceOf(name), current: false, distance: MAX_DISTANCE } }));
