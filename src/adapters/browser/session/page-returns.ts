import { optionalPart } from '../shell/part.ts';

/** Maximum time to wait for the server to say who is signed in. After that the page is loaded again. */
const ANSWER_WITHIN_MS = 5_000;

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
  if (isOutdated || !(await isStillTheirs())) {
    // Not `location.reload()`: this page may be the answer to a form, which would be sent again.
    location.replace(location.pathname + location.search);
    return;
  }
  delete root.dataset.withheld;
  for (const listener of returned) listener();
}

/** Whether the server would serve this page to the same person now. */
async function isStillTheirs(): Promise<boolean> {
  const person = optionalPart(document, '[data-viewer-id]', HTMLElement)?.dataset.viewerId;
  if (person === undefined) return false;
  const { installation, epoch } = root.dataset;
  const asked = fetch(location.pathname + location.search, {
    method: 'HEAD',
    headers: { accept: 'text/html' },
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  return asked.then(
    ({ headers }) => headers.get('Offline-Copy-For') === `${installation}.${epoch}.${person}`,
    () => false,
  );
}
