import { KeptPages } from './kept-pages.ts';
import { isAskedToForget, isAskedToRenew } from './requests.ts';
import { Shell } from './shell.ts';

declare const self: ServiceWorkerGlobalScope;

/** What a chat's person has seen here, and no page of anybody else's: the home page and the chats. */
const KEPT = /^\/(?:chat\/\d+)?$/;
/** From here on somebody else may be at the screen. */
const THRESHOLDS: ReadonlySet<string> = new Set(['/auth', '/logout']);
const LEFT = /^(\/chat\/\d+)\/leave$/;

const shell = new Shell();
const pages = new KeptPages();

/*
 * A new version takes over at once. Pages come from the network first, so that none depends on the worker it was opened
 * under; and what the old version kept goes with it, since its pages need its files.
 */
self.addEventListener('install', (event) => {
  event.waitUntil(shell.fill().then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([shell.dropOthers(), pages.empty()]).then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== self.location.origin) return;
  // Looked at and not answered: the browser asks the server as if there were no worker.
  if (request.mode === 'navigate' && THRESHOLDS.has(pathname)) event.waitUntil(pages.empty());
  const [, left] = pathname.match(LEFT) ?? [];
  if (left !== undefined) event.waitUntil(pages.forget(left));
  if (request.method !== 'GET') return;
  if (shell.has(pathname)) event.respondWith(shell.answer(request));
  else if (request.mode === 'navigate' && KEPT.test(pathname)) event.respondWith(visit(event, pathname, search === ''));
});

/** The network's answer if there is one, and what was kept of it if there is none. */
async function visit(event: FetchEvent, path: string, isWhole: boolean): Promise<Response> {
  const { era } = pages;
  try {
    const response = await fetch(event.request);
    event.waitUntil(pages.note(path, response.clone(), { era, isWhole }));
    return response;
  } catch {
    return (await pages.find(path)) ?? shell.offlinePage();
  }
}

self.addEventListener('message', (event) => {
  const asked: unknown = event.data;
  if (isAskedToForget(asked)) event.waitUntil(asked.forget === 'all' ? pages.empty() : pages.forget(asked.forget));
  else if (isAskedToRenew(asked) && KEPT.test(asked.renew)) event.waitUntil(renew(asked.renew));
});

/** Who reads a chat for hours wants to find it offline as it is, not as it was opened. */
async function renew(path: string): Promise<void> {
  const { era } = pages;
  const response = await fetch(path, { headers: { accept: 'text/html' }, redirect: 'manual' }).catch(() => undefined);
  if (response) await pages.note(path, response, { era, isWhole: true });
}
