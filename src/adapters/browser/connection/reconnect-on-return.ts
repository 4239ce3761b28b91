import { onPageReturn } from '../session/page-returns.ts';
import type { TabConnection } from './tab-connection.ts';

/** Checks the connection when the network or the reader comes back, and connects at once where there is none. */
export function reconnectOnReturn(connection: Pick<TabConnection, 'open' | 'check' | 'giveUp' | 'pause'>): void {
  addEventListener('online', () => connection.check());
  addEventListener('offline', () => connection.giveUp());
  // The page returns only once it is known whose session it is: pending posts must not be sent in another person's name.
  addEventListener('pagehide', () => connection.pause());
  onPageReturn(() => connection.open());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) connection.check();
  });
}
