import { optionalPart } from '../shell/part.ts';

/** Maximum time to wait for the server to say who is signed in. After that the page is loaded again. */
const ANSWER_WITHIN_MS = 5_000;

/** Whether the server would serve this page to the same person now. */
export async function isStillTheirs(): Promise<boolean> {
  const person = optionalPart(document, '[data-viewer-id]', HTMLElement)?.dataset.viewerId;
  if (person === undefined) return false;
  const { installation, epoch } = document.documentElement.dataset;
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
