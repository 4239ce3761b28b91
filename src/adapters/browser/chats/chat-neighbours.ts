/** One of the reader's chats, as in the list on the page. */
export interface ChatLink {
  readonly name: string;
  /** Who tells the chat apart from another one of its name; undefined for other chats. */
  readonly people?: string | undefined;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly isUnread: boolean;
}

/** The chat `distance` places further down the list, if there is one. */
export function neighbourOf(links: readonly ChatLink[], distance: number): ChatLink | undefined {
  const current = links.findIndex(({ isCurrent }) => isCurrent);
  if (current < 0) return links[0];
  return links[current + distance];
}

/** The next unread chat in this direction, which goes on at the other end of the list. */
export function unreadNeighbourOf(links: readonly ChatLink[], direction: -1 | 1): ChatLink | undefined {
  const inOrder = direction > 0 ? links : links.toReversed();
  const current = inOrder.findIndex(({ isCurrent }) => isCurrent);
  return [...inOrder.slice(current + 1), ...inOrder.slice(0, Math.max(current, 0))].find(({ isUnread }) => isUnread);
}
