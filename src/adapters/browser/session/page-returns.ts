import { optionalPart } from '../shell/part.ts';

/** The server's time to say who is signed in. After that the page is loaded again. */
const ANSWER_WITHIN_MS = 5_000;

const root = document.documentElement;
const returned: (() => void)[] = [];
/** A form has been sent from here, such as to log out: the page shows what was before. */
let isOutdated = false;

/**
 * Browsers keep a page that was left, and show it again at Back as it was, some of them even if it is `no-store`: with
 * all its messages after logging out, or to the next person at the screen. So a page hides what it shows when it is left.
 * When it comes back, it asks the server, and shows it only if the session is still that of the person it was made for.
 */
export function startPageReturns(): void {
  addEventListener('pagehide', () => {
    root.dataset.withheld = '';
  });
  addEventListener('pageshow', () => {
    if ('withheld' in root.dataset) void comeBack();
  });
  document.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) isOutdated = true;
  });
}

/** Calls when a page that was left is back and shown. */
export function onPageReturn(listener: () => void): void {
  returned.push(listener);
}

async function comeBack(): Promise<void> {
  if (isOutdated || !(await isStillTheirs())) {
    // Not a reload, which would send a form again whose answer this page is.
    location.replace(location.pathname + location.search);
    return;
  }
  delete root.dataset.withheld;
  for (const listener of returned) listener();
}

/** Whether the server would give this page to the same person now. */
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
