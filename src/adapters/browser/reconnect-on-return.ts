import type { Connection } from './connection.ts';

/** So long away, the machine may have slept, and the socket be open in name only. */
const TRUSTED_MS = 30_000;

/** Connects without delay when the network or the reader comes back. */
export function reconnectOnReturn(connection: Pick<Connection, 'open' | 'hurry' | 'giveUp'>): void {
  let hiddenAt = Date.now();
  // A socket may survive a change of network in name only.
  addEventListener('online', () => connection.open());
  addEventListener('offline', () => connection.giveUp());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > TRUSTED_MS) connection.open();
    else connection.hurry();
  });
}
