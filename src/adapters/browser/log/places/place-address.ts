/** The chat whose page has this address. */
export const chatAt = ({ pathname }: Pick<URL, 'pathname'>): number => Number(pathname.match(/^\/chat\/(\d+)/)?.[1]);

/** The position of the message at this address in a chat; undefined where it leads elsewhere. */
export function placeAt({ origin, pathname }: URL | Location | HTMLAnchorElement, chatId: number): number | undefined {
  const [, id, position] = pathname.match(/^\/chat\/(\d+)\/at\/([1-9]\d{0,15})$/) ?? [];
  return origin === location.origin && Number(id) === chatId ? Number(position) : undefined;
}
