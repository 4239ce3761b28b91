const LAST = 'shoal:reloaded';
const PAUSE_MS = 60_000;

/** Reloads the page, at most once a minute, since the next page may have the same reason to; returns false when it does not. */
export function reloadSeldom(): boolean {
  try {
    const since = Date.now() - Number(sessionStorage.getItem(LAST));
    if (since >= 0 && since < PAUSE_MS) return false;
    sessionStorage.setItem(LAST, String(Date.now()));
  } catch {
    // Without storage the reloads cannot be counted.
    return false;
  }
  location.reload();
  return true;
}
