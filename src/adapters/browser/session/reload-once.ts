const NAME = 'shoal:reloaded-at';
/** A reload that helped and was needed again sooner than this would become a loop. */
const AGAIN_AFTER_MS = 10 * 60_000;

/**
 * Loads the page again, so that a sign-on in front of the server can ask. Answers false, and does nothing, when that was
 * done before and did not help, or when the tab could not remember that it was done.
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
