import { closeNotifications, openNotified, renewSubscription, showPush } from './notifications.ts';
import { OfflineCopies } from './offline-copies.ts';
import { isAskedToForget, isAskedToRenew } from './requests.ts';
import { Shell } from './shell.ts';

declare const self: ServiceWorkerGlobalScope;

/** The paths of pages that are cached: the home page and the chats. */
const CACHED = /^\/(?:chat\/\d+)?$/;
/** After a visit to one of these, another person may be at the screen. */
const THRESHOLDS: ReadonlySet<string> = new Set(['/auth', '/logout']);
const LEFT = /^(\/chat\/\d+)\/leave$/;

const shell = new Shell();
const pages = new OfflineCopies();

/*
 * A new version takes over at once: pages come from the network first, so that no page depends on the worker it was opened
 * under. The copies of the old version are dropped, since they need its files.
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
  // Not answered here: the browser sends these requests as if there were no worker.
  if (request.mode === 'navigate' && THRESHOLDS.has(pathname))
    event.waitUntil(Promise.all([pages.empty(), closeNotifications()]));
  const [, left] = pathname.match(LEFT) ?? [];
  if (left !== undefined) event.waitUntil(pages.forget(left));
  if (request.method !== 'GET') return;
  if (shell.has(pathname)) event.respondWith(shell.answer(request));
  else if (request.mode === 'navigate' && CACHED.test(pathname))
    event.respondWith(visit(event, pathname, search === ''));
});

/** The answer of the network, or the cached copy where there is none. */
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

self.addEventListener('push', (event) => event.waitUntil(showPush(event.data)));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openNotified(event.notification));
});
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renewSubscription(event)));

self.addEventListener('message', (event) => {
  const asked: unknown = event.data;
  if (isAskedToForget(asked)) event.waitUntil(asked.forget === 'all' ? pages.empty() : pages.forget(asked.forget));
  else if (isAskedToRenew(asked) && CACHED.test(asked.renew)) event.waitUntil(renew(asked.renew));
});

/** A reader of a chat wants to find it offline as it is now, and not as it was when it was opened. */
async function renew(path: string): Promise<void> {
  const { era } = pages;
  const response = await fetch(path, { headers: { accept: 'text/html' }, redirect: 'manual' }).catch(() => undefined);
  if (response) await pages.note(path, response, { era, isWhole: true });
}
