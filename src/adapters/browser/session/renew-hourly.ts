const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

interface VisiblePage {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
}

/**
 * Asks for something once an hour, so that the answer renews the cookie of the session: a socket cannot, and a page may stay
 * open for longer than a cookie lasts. A hidden page waits until it is visible. A request that fails is repeated an hour later.
 */
export function renewHourly(page: VisiblePage, ask: () => Promise<unknown>): void {
  let renewedAt = Date.now();
  const renew = () => {
    if (page.hidden || Date.now() - renewedAt < HOUR_MS) return;
    renewedAt = Date.now();
    ask().catch(() => {});
  };
  setInterval(renew, MINUTE_MS);
  page.addEventListener('visibilitychange', renew);
}
