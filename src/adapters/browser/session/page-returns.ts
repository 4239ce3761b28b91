const root = document.documentElement;
const returned: (() => void)[] = [];
/** A form was submitted, such as the one that logs out: the page shows an earlier state. */
let isOutdated = false;

/**
 * Browsers cache a page that was left and show it again at Back, some of them even with `no-store`: with all its messages after
 * logging out, or to the next person at the screen. So the page hides itself when it is left. When it comes back, it asks the
 * server, and becomes visible only if the session still belongs to the person it was made for.
 */
export function startPageReturns(): void {
  addEventListener('pagehide', () => {
    root.dataset.withheld = '';
  });
  addEventListener('pageshow', () => {
    if ('withheld' in root.dataset) void showAgain();
  });
  document.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) isOutdated = true;
  });
}

/** Calls when a page that was left is visible again. */
export function onPageReturn(listener: () => void): void {
  returned.push(listener);
}

async function showAgain(): Promise<void> {
  const isTheirs =
    !isOutdated &&
    (await import('./still-theirs.ts').then(
      (module) => module.isStillTheirs(),
      () => false,
    ));
  if (!isTheirs) {
    // Not `location.reload()`: this page may be the answer to a form, which would be sent again.
    location.replace(location.pathname + location.search);
    return;
  }
  delete root.dataset.withheld;
  for (const listener of returned) listener();
}
