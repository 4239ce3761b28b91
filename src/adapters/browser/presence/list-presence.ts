import { showPresence } from './show-presence.ts';

/** Marks the direct chats whose other person is connected or away. */
export function showPresenceInList(): void {
  for (const card of document.querySelectorAll<HTMLElement>('.card[data-person]')) {
    showPresence(card, Number(card.dataset.person));
  }
}
