import { type Browser, type BrowserContext, type CDPSession, chromium, type Page, type Worker } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findComponent } from '../components.ts';
import { Harbour } from './harbour.ts';
import { QUIET } from './visit.ts';

/** Chromium without windows, which other files use, denies notifications to every site. */
const { path: executablePath, isMissing: hasNoBrowser } = findComponent('chromium');

let harbour: Harbour;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  if (hasNoBrowser) return;
  harbour = await Harbour.open();
  browser = await chromium.launch({ executablePath, args: QUIET });
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await harbour?.close();
});

interface Device {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly worker: Worker;
  /** Gives the worker a push message, as the browser does when one arrives. */
  push(data: string): Promise<void>;
  /** Each notification that the worker showed: its title, text and tag. */
  shown(): Promise<readonly string[]>;
}

async function aDevice(path: string, script = ''): Promise<Device> {
  const context = await browser.newContext({ baseURL: harbour.server.url });
  contexts.push(context);
  const { origin } = new URL(harbour.server.url);
  await context.grantPermissions(['notifications'], { origin });
  const [name = '', value = ''] = harbour.bob.cookie.split('=');
  await context.addCookies([{ name, value, url: harbour.server.url }]);
  await context.addInitScript(script);
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  const registered = registrationId(client);
  await page.goto(path);
  await page.evaluate(ACTIVATED);
  const id = await registered;
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await worker.evaluate(RECORDED);
  return {
    context,
    page,
    worker,
    push: async (data) =>
      void (await client.send('ServiceWorker.deliverPushMessage', { origin, registrationId: id, data })),
    shown: () => worker.evaluate<string[]>('shown'),
  };
}

/** A worker that is still being activated is given no push message. */
const ACTIVATED = `navigator.serviceWorker.ready.then(({ active }) => new Promise((resolve) => {
  const look = () => active.state === 'activated' && resolve();
  active.addEventListener('statechange', look);
  look();
}))`;

/**
 * Notes what the browser has shown. Asking it for what it shows would not do: without a service for notifications, as on a machine without a
 * desktop, Chromium forgets some.
 */
const RECORDED = `{
  const show = registration.showNotification.bind(registration);
  self.shown = [];
  registration.showNotification = async (title, options) => {
    await show(title, options);
    shown.push([title, options.body, options.tag].join(' | '));
  };
}`;

async function registrationId(client: CDPSession): Promise<string> {
  const found = new Promise<string>((resolve) => {
    client.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    });
  });
  await client.send('ServiceWorker.enable');
  return found;
}

const message = (tag: string, body: string, navigate = '/') =>
  JSON.stringify({
    web_push: 8030,
    notification: { title: 'Lobby', body, tag, navigate, silent: false, dir: 'auto' },
    app_badge: 1,
  });

describe.skipIf(hasNoBrowser)('a push message', () => {
  it('shows exactly one notification, also while the page is in view, and one that replaces it has the same tag', async () => {
    const { push, shown } = await aDevice('/');
    await push(message('message-1-3', 'ada: hello'));
    await expect.poll(shown).toEqual(['Lobby | ada: hello | message-1-3']);
    await push(message('message-1-3', 'Message deleted'));
    await expect.poll(shown).toEqual(['Lobby | ada: hello | message-1-3', 'Lobby | Message deleted | message-1-3']);
  });

  it('that cannot be read shows a notification too', async () => {
    const { push, shown } = await aDevice('/');
    const unreadable = ['', 'no json', '{}', '{"notification":{"title":7}}', 'null'];
    for (const data of unreadable) await push(data);
    await expect.poll(shown).toEqual(unreadable.map(() => 'Shoal | You have a new message. | unreadable'));
  });

  it('that is clicked leads an open window to its message, and is closed', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.ada, 'hello');
    const { page, worker } = await aDevice('/');
    const data = `https://elsewhere.example/chat/${chatId}/at/3`;
    await worker.evaluate(`{
      const notification = { data: '${data}', close: () => { self.isClosed = true; } };
      dispatchEvent(Object.assign(new ExtendableEvent('notificationclick'), { notification }));
    }`);
    await page.waitForURL(`/chat/${chatId}/at/3`);
    expect(await worker.evaluate('isClosed')).toBe(true);
  });

  it('is no longer shown once somebody has signed out', async () => {
    const { page, worker } = await aDevice('/');
    await worker.evaluate(`{
      self.closed = 0;
      registration.getNotifications = async () => [1, 2].map(() => ({ close: () => { self.closed += 1; } }));
    }`);
    await page.goto('/auth');
    await expect.poll(() => worker.evaluate('closed')).toBe(2);
  });
});

describe.skipIf(hasNoBrowser)('the settings of notifications', () => {
  const SUBSCRIPTION = {
    endpoint: 'https://push.example/one',
    keys: { p256dh: `BA${'x'.repeat(85)}`, auth: 'a'.repeat(22) },
  };

  /** The browser's push service cannot be reached from a test: what it would answer. */
  const STUB = `{
    let current = null;
    const options = { applicationServerKey: null };
    const subscription = {
      options,
      toJSON: () => (${JSON.stringify(SUBSCRIPTION)}),
      unsubscribe: async () => { current = null; localStorage.removeItem('stub'); return true; },
    };
    if (localStorage.getItem('stub')) {
      options.applicationServerKey = Uint8Array.fromBase64(localStorage.getItem('stub'), { alphabet: 'base64url' }).buffer;
      current = subscription;
    }
    PushManager.prototype.getSubscription = async () => current;
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      localStorage.setItem('stub', applicationServerKey);
      options.applicationServerKey = Uint8Array.fromBase64(applicationServerKey, { alphabet: 'base64url' }).buffer;
      return (current = subscription);
    };
  }`;

  const device = async ({ page }: Device) =>
    ((await page.evaluate(`fetch('/account/push').then((response) => response.json())`)) as { device: number | null })
      .device;

  it('subscribe this browser after a click, and never on load; a lost subscription heals at the next page without asking', async () => {
    const opened = await aDevice('/', STUB);
    const { page } = opened;
    expect(await device(opened)).toBeNull();
    await page.goto('/account/notifications');
    await page.getByText('Notifications are off in this browser.').waitFor();
    expect(await device(opened)).toBeNull();
    await page.getByRole('button', { name: 'Turn on notifications' }).click();
    await page.getByText('Notifications are on in this browser.').waitFor();
    const first = await device(opened);
    expect(first).toEqual(expect.any(Number));

    await page.evaluate(`fetch('/account/push', { method: 'DELETE' }).then(() => undefined)`);
    expect(await device(opened)).toBeNull();
    await page.goto('/');
    await expect.poll(() => device(opened)).toEqual(expect.any(Number));

    await page.goto('/account/notifications');
    await page.getByRole('button', { name: 'Turn off notifications' }).click();
    await page.getByText('Notifications are off in this browser.').waitFor();
    expect(await device(opened)).toBeNull();
    await page.goto('/');
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    expect(await device(opened)).toBeNull();
  });
});
