const NAME = 'shoal:reloaded-at';
/** Minimum time between two reloads that helped, which keeps them from becoming a loop. */
const AGAIN_AFTER_MS = 10 * 60_000;

/**
 * Loads the page again, so that a sign-on in front of the server can ask. Returns false, and does nothing, when an earlier
 * reload did not help, or when the tab cannot store that there was one.
 */
export function reloadOnce({ wasConnected }: { readonly wasConnected: boolean }): boolean {
  try {
    const before = sessionStorage.getItem(NAME);
    const helped = wasConnected && Date.now() - Number(before) > AGAIN_AFTER_MS;
    if (before !== null && !helped) return false;
    sessionStorage.setItem(NAME, String(Date.now()));
  } catch {
    return false;
  }
  location.reload();
  return true;
}
