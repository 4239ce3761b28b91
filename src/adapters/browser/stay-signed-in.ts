import { whyRefused } from './history.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * A socket cannot renew the cookie of its session, and a page may stay open for longer than a cookie lasts. So a page that is
 * being looked at sends a small request once an hour, whose answer does.
 */
export function staySignedIn(chatId: number): void {
  let renewedAt = Date.now();
  const renew = () => {
    if (document.hidden || Date.now() - renewedAt < HOUR_MS) return;
    renewedAt = Date.now();
    whyRefused(chatId).catch(() => {});
  };
  setInterval(renew, MINUTE_MS);
  document.addEventListener('visibilitychange', renew);
}
