const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

interface VisiblePage {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
}

/** Asks at most once an hour, and only while the page is visible: then, or as soon as it is again. */
export function renewHourly(page: VisiblePage, ask: () => Promise<unknown>): void {
  let renewedAt = Date.now();
  const renew = () => {
    if (page.hidden || Date.now() - renewedAt < HOUR_MS) return;
    renewedAt = Date.now();
    // A request that fails is made again in an hour.
    ask().catch(() => {});
  };
  setInterval(renew, MINUTE_MS);
  page.addEventListener('visibilitychange', renew);
}
