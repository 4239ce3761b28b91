import { showPresence } from './show-presence.ts';

/** Marks the direct chats, in the list and in the header, whose other person is connected or away. */
export function showPresenceInList(): void {
  for (const card of document.querySelectorAll<HTMLElement>('.card[data-person], .chat-header [data-person]')) {
    showPresence(card, Number(card.dataset.person));
  }
}
