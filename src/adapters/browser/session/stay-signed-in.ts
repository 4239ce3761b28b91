import { whyRefused } from '../log/history.ts';
import { renewHourly } from './renew-hourly.ts';

/**
 * A socket cannot renew the cookie of its session, and a page may stay open for longer than a cookie lasts. So a page that is
 * being looked at sends a small request once an hour, whose answer does.
 */
export function staySignedIn(chatId: number): void {
  renewHourly(document, () => whyRefused(chatId));
}
