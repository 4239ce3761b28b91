import { onPageReturn } from '../session/page-returns.ts';
import type { Connection } from './connection.ts';

/** Looks at the connection when the network or the reader comes back, and connects at once where there is none. */
export function reconnectOnReturn(connection: Pick<Connection, 'open' | 'check' | 'giveUp' | 'pause'>): void {
  addEventListener('online', () => connection.check());
  addEventListener('offline', () => connection.giveUp());
  // Whose session it is by then has to be known first: what waits to be sent would go out in another's name.
  addEventListener('pagehide', () => connection.pause());
  onPageReturn(() => connection.open());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) connection.check();
  });
}
