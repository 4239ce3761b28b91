/** One of the reader's chats, as in the list on the page. */
export interface ChatLink {
  readonly name: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

export function chatLinks(): readonly ChatLink[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('.card-link')].map((link) => ({
    name: link.textContent ?? '',
    href: link.href,
    isCurrent: link.ariaCurrent === 'page',
  }));
}

/** The chat `distance` places further down the list, if there is one. */
export function neighbourOf(links: readonly ChatLink[], distance: number): ChatLink | undefined {
  const current = links.findIndex(({ isCurrent }) => isCurrent);
  if (current < 0) return links[0];
  return links[current + distance];
}
