import type { ChatLink } from './chat-neighbours.ts';

export const chatLinks = (): readonly ChatLink[] => elements().map(toLink);

/** Those that the list shows, of which a chip hides some. */
export const listedChatLinks = (): readonly ChatLink[] => elements().filter(isListed).map(toLink);

/** Asks for the card alone: on phones, a chat's page hides the whole list. */
export function isListed(link: HTMLAnchorElement): boolean {
  const card = link.closest('.card');
  return card !== null && getComputedStyle(card).display !== 'none';
}

const elements = () => [...document.querySelectorAll<HTMLAnchorElement>('.card-link')];

const toLink = (link: HTMLAnchorElement): ChatLink => ({
  name: link.textContent ?? '',
  people: link.parentElement?.querySelector('.card-people')?.textContent ?? undefined,
  href: link.href,
  isCurrent: link.ariaCurrent === 'page',
  isUnread: Boolean(link.closest('.card')?.querySelector('.card-unread')?.textContent),
});
