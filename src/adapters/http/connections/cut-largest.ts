import type { ClientConnection } from './client-connection.ts';

/** Cuts the connections with the most unsent bytes, until together they have no more than the cap. */
export function cutLargest(connections: Iterable<ClientConnection>, cap: number): void {
  let total = 0;
  const holders: ClientConnection[] = [];
  for (const connection of connections) {
    const { unsent } = connection;
    if (unsent === 0 || connection.socket.destroyed) continue;
    total += unsent;
    holders.push(connection);
  }
  if (total <= cap) return;
  for (const { unsent, socket } of holders.toSorted((a, b) => b.unsent - a.unsent)) {
    socket.destroy();
    total -= unsent;
    if (total <= cap) return;
  }
}
