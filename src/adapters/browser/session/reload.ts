const LAST = 'shoal:reloaded';
const PAUSE_MS = 60_000;

/** Whether the page may load itself again: once in a while only, since the next page may have the same reason to. */
export function mayReload(): boolean {
  try {
    const since = Date.now() - Number(sessionStorage.getItem(LAST));
    if (since >= 0 && since < PAUSE_MS) return false;
    sessionStorage.setItem(LAST, String(Date.now()));
    return true;
  } catch {
    // What is written here may not be kept either.
    return false;
  }
}
