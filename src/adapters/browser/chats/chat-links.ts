/** One of the reader's chats, as in the list on the page. */
export interface ChatLink {
  readonly name: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

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
  href: link.href,
  isCurrent: link.ariaCurrent === 'page',
});

/** The chat `distance` places further down the list, if there is one. */
export function neighbourOf(links: readonly ChatLink[], distance: number): ChatLink | undefined {
  const current = links.findIndex(({ isCurrent }) => isCurrent);
  if (current < 0) return links[0];
  return links[current + distance];
}
