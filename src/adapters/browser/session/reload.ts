const LAST = 'shoal:reloaded';
const PAUSE_MS = 60_000;

/** Whether the page may reload itself: at most once a minute, since the next page may have the same reason to. */
export function mayReload(): boolean {
  try {
    const since = Date.now() - Number(sessionStorage.getItem(LAST));
    if (since >= 0 && since < PAUSE_MS) return false;
    sessionStorage.setItem(LAST, String(Date.now()));
    return true;
  } catch {
    // Without storage the reloads cannot be counted.
    return false;
  }
}
