/** Where a chat is followed by a WebSocket, from the revision that was seen last. */
export function socketAddress(chatId: number, seen: number): string {
  const address = new URL(`/chatsocket/${chatId}`, location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('after', String(seen));
  address.searchParams.set('details', '1');
  return address.href;
}
