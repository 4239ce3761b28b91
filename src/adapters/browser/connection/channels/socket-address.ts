/** The address of the user's socket. It is absolute: the oldest supported browsers know no relative ones. */
export function socketAddress(): string {
  const address = new URL('/socket', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
