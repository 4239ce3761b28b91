declare const self: ServiceWorkerGlobalScope;

/** What a push message shows, in the form of a declarative one. */
interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly navigate: string;
  readonly silent: boolean;
}

/** For a message that cannot be read: each push message must show something. */
const UNREADABLE: Shown = {
  title: 'Shoal',
  body: 'You have a new message.',
  tag: 'unreadable',
  navigate: '/',
  silent: false,
};

/** Shows exactly one notification, whatever pages are open: browsers end the subscription of a worker that shows none. */
export async function showPush(data: PushMessageData | null): Promise<void> {
  const { shown, badge } = read(data);
  const { title, body, tag, navigate, silent } = shown;
  const options = { body, tag, silent, dir: 'auto', data: navigate } as const;
  await self.registration.showNotification(title, options);
  if (badge !== undefined) await setBadge(badge);
}

/** Opens what the notification is about, in a window that is open if there is one. */
export async function openNotified({ data }: Notification): Promise<void> {
  const target = new URL(typeof data === 'string' ? data : '/', self.location.href);
  // The address was made for the origin under which this browser subscribed.
  const url = self.location.origin + target.pathname;
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = windows.find((window) => chatIn(window.url) === chatIn(url)) ?? windows[0];
  if (!open) return void (await self.clients.openWindow(url));
  await open.focus().catch(() => undefined);
  // Refused for a window that another worker controls, or none.
  await open.navigate(url).catch(() => self.clients.openWindow(url));
}

/** The path of the chat to which a page belongs. */
const chatIn = (url: string): string | undefined => new URL(url).pathname.match(/^\/chat\/\d+/)?.[0];

/** The browser has replaced its subscription, or ended it: the server is told of the new one. */
export async function renewSubscription({ oldSubscription }: PushSubscriptionChangeEvent): Promise<void> {
  const applicationServerKey = oldSubscription?.options.applicationServerKey ?? null;
  const subscription = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  const headers = { 'content-type': 'application/json' };
  await fetch('/account/push', { method: 'POST', headers, body: JSON.stringify(subscription) });
}

/** Another person may be at the screen. */
export async function closeNotifications(): Promise<void> {
  // Browsers that have no notifications end pages that ask for them.
  if (Notification.permission !== 'granted') return;
  for (const notification of await self.registration.getNotifications()) notification.close();
  await setBadge(0);
}

interface PushSubscriptionChangeEvent extends ExtendableEvent {
  readonly oldSubscription: PushSubscription | null;
}

function read(data: PushMessageData | null): { readonly shown: Shown; readonly badge: number | undefined } {
  try {
    const message: unknown = data?.json();
    const shown: unknown = holds(message, 'notification') ? message.notification : undefined;
    const badge: unknown = holds(message, 'app_badge') ? message.app_badge : undefined;
    if (isShown(shown)) return { shown, badge: typeof badge === 'number' ? badge : undefined };
  } catch {
    // Not JSON.
  }
  return { shown: UNREADABLE, badge: undefined };
}

const isShown = (value: unknown): value is Shown =>
  ['title', 'body', 'tag', 'navigate'].every((name) => typeof Reflect.get(Object(value), name) === 'string');

const holds = <Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> =>
  typeof value === 'object' && value !== null && name in value;

/** Some browsers have no badges, or show them for installed apps only. */
const setBadge = async (count: number): Promise<void> => navigator.setAppBadge?.(count).catch(() => undefined);
