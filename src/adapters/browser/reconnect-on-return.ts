import type { Connection } from './connection.ts';

/** Looks at the connection when the network or the reader comes back, and connects at once where there is none. */
export function reconnectOnReturn(connection: Pick<Connection, 'check' | 'giveUp'>): void {
  addEventListener('online', () => connection.check());
  addEventListener('offline', () => connection.giveUp());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) connection.check();
  });
}
