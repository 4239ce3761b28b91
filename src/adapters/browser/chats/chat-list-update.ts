import cardTemplate from '../../../../templates/partials/card.eta';
import { chatCard, isMutedAt, peopleOf, pinnedFirst, previewOf, unreadLabel } from '../../wire/chat-card.ts';
import type { WireChatSummary } from '../../wire/user-frames.ts';
import { isRecord, isSummary } from '../connection/wire-decoding.ts';
import { showLocalTimes } from '../log/times/local-times.ts';
import { showPresenceInList } from '../presence/list-presence.ts';
import { sessionEnd } from '../session/session-end.ts';
import { optionalPart, part } from '../shell/part.ts';
import { asset } from '../templates/asset.ts';
import { elementOf } from '../templates/message-html.ts';
import { renameCard } from './rename.ts';

/** The user's chats; undefined when the server cannot be reached or has ended the session, which other parts of the page show. */
export async function fetchChats(): Promise<readonly WireChatSummary[] | undefined> {
  if (sessionEnd.isOver) return undefined;
  try {
    const response = await fetch('/chats', { headers: { accept: 'application/json' } });
    if (response.status === 401) sessionEnd.note();
    const body: unknown = response.ok ? await response.json() : undefined;
    return isRecord(body) && Array.isArray(body.chats) ? body.chats.filter(isSummary) : undefined;
  } catch {
    return undefined;
  }
}

/** The card of the open chat stays in any case: the chat's own page says that its reader is no longer a member. */
export function showChats(cards: HTMLElement, chats: readonly WireChatSummary[], viewerId: number): void {
  const before = new Map(
    [...cards.querySelectorAll<HTMLElement>(':scope > [data-chat]')].map((card) => [Number(card.dataset.chat), card]),
  );
  const listed = new Set(chats.map(({ id }) => id));
  for (const [id, card] of before) if (!listed.has(id) && !card.querySelector('[aria-current]')) card.remove();
  let next = cards.firstElementChild;
  for (const chat of pinnedFirst(chats)) {
    const known = before.get(chat.id);
    const card = known ?? cardElement(chat, viewerId);
    if (known) renew(known, chat, viewerId);
    if (card === next) next = next.nextElementSibling;
    else place(cards, card, next);
  }
  showPresenceInList();
}

function cardElement(chat: WireChatSummary, viewerId: number): HTMLElement {
  const currentId = Number(optionalPart(document, '[data-chat-id]', HTMLElement)?.dataset.chatId);
  const card = elementOf(cardTemplate({ card: chatCard(chat, { viewerId, currentId, now: Date.now() }), asset }));
  showLocalTimes(card);
  return card;
}

function renew(card: HTMLElement, chat: WireChatSummary, viewerId: number): void {
  if (part(card, '.card-link', HTMLAnchorElement).title !== chat.name) renameCard(card, chat.name);
  renewPeople(card, chat, viewerId);
  part(card, '.card-last', HTMLElement).textContent = previewOf(chat, viewerId);
  const unread = part(card, '.card-unread', HTMLElement);
  if (unread.firstChild?.textContent !== unreadLabel(chat))
    unread.replaceWith(part(cardElement(chat, viewerId), '.card-unread', HTMLElement));
  renewMarks(card, chat, viewerId);
  const time = part(card, '.card-time', HTMLTimeElement);
  const sentAt = chat.last?.sent_at ?? '';
  if (time.dateTime === sentAt) return;
  time.dateTime = sentAt;
  showLocalTimes(card);
}

/** The people and the description of the link are those of a new card. */
function renewPeople(card: HTMLElement, chat: WireChatSummary, viewerId: number): void {
  const shown = optionalPart(card, '.card-people', HTMLElement);
  if ((shown?.textContent ?? '') === peopleOf(chat)) return;
  shown?.remove();
  const renewed = cardElement(chat, viewerId);
  const people = optionalPart(renewed, '.card-people', HTMLElement);
  const link = part(card, '.card-link', HTMLAnchorElement);
  if (people) link.after(people);
  link.setAttribute(
    'aria-describedby',
    part(renewed, '.card-link', HTMLElement).getAttribute('aria-describedby') ?? '',
  );
}

/** The marks are those of a new card. */
function renewMarks(card: HTMLElement, chat: WireChatSummary, viewerId: number): void {
  const [isPinned, isMuted] = [chat.pinned ?? false, isMutedAt(Date.now(), chat)];
  if ('pinned' in card.dataset === isPinned && 'muted' in card.dataset === isMuted) return;
  card.toggleAttribute('data-pinned', isPinned);
  card.toggleAttribute('data-muted', isMuted);
  for (const mark of card.querySelectorAll('.card-mark')) mark.remove();
  part(card, '.card-preview', HTMLElement).prepend(...cardElement(chat, viewerId).querySelectorAll('.card-mark'));
}

/** A card that moves keeps the focus. */
function place(cards: HTMLElement, card: HTMLElement, next: Element | null): void {
  const focused = card.contains(document.activeElement) ? document.activeElement : null;
  const isMoved = card.isConnected;
  cards.insertBefore(card, next);
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (isMoved) settle(card);
}

function settle(card: HTMLElement): void {
  card.classList.add('settling');
  card.addEventListener('animationend', () => card.classList.remove('settling'), { once: true });
}
