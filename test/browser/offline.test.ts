import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';

import { box, connected, Harbour, texts, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(() => harbour?.close());

async function device(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await harbour.browser.newContext({ baseURL: harbour.server.url });
  contexts.push(context);
  return { context, page: await context.newPage() };
}

async function signIn(page: Page, username: string): Promise<void> {
  await page.goto('/auth');
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill('a good password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('/');
}

async function open(page: Page, chatId: ChatId): Promise<void> {
  await page.goto(`/chat/${chatId}`);
  await connected(page);
}

/** The copy that the worker keeps of a page, or its page for what it does not keep; a page from the server says offline too. */
const FROM_WORKER = 'html[data-cached-at], h1:text-is("You are offline")';

/** Opens a page without a network: a worker that the browser has just started may not have heard yet that there is none. */
async function openOffline(page: Page, path: string): Promise<void> {
  await page.context().setOffline(true);
  const open = async () => {
    await page.goto(path);
    return page.locator(FROM_WORKER).count();
  };
  await expect.poll(open).toBe(1);
}

/** Names of caches, with the paths in each. */
const cached = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(`(async () => {
    const all = {};
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      all[name.split(':')[0]] = requests.map(({ url }) => new URL(url).pathname).sort();
    }
    return all;
  })()`);

const keptPaths = async (page: Page) => (await cached(page)).pages ?? [];

/** All that the caches hold, as one text. */
const everything = (page: Page): Promise<string> =>
  page.evaluate(`(async () => {
    let all = '';
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) all += await (await cache.match(request)).text();
    }
    return all;
  })()`);

describe.skipIf(hasNoBrowser)('without a network', () => {
  it('a chat that was visited opens with what was said in it, says so, and keeps what is written until it can be sent', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'Said before');
    const { context, page } = await device();
    await signIn(page, 'ada');
    await open(page, chatId);
    await box(page).fill('Begun and not');
    await page.goto('/');
    await expect.poll(() => keptPaths(page)).toEqual(['/', `/chat/${chatId}`]);

    await openOffline(page, `/chat/${chatId}`);
    expect(await texts(page)).toEqual(['Said before']);
    expect(await box(page).inputValue()).toBe('Begun and not');
    await page.getByText(/You are offline\. This is the chat as it was at .+ What you write is kept/).waitFor();
    await type(page, 'Written offline');
    await page.reload();
    expect(await texts(page)).toEqual(['Said before', 'Written offline']);
    await harbour.say(chatId, harbour.bob, 'Said meanwhile');

    await context.setOffline(false);
    await connected(page);
    await expect.poll(() => texts(page)).toEqual(['Said before', 'Said meanwhile', 'Written offline']);
    expect(await page.getByText('You are offline').isVisible()).toBe(false);
    await page.reload();
    await connected(page);
    expect(await texts(page)).toEqual(['Said before', 'Said meanwhile', 'Written offline']);
  });

  it('the chats are listed as they were, and what is not kept says so', async () => {
    const chatId = await harbour.newChat();
    const { context, page } = await device();
    await signIn(page, 'ada');
    await expect.poll(() => keptPaths(page)).toEqual(['/']);
    await openOffline(page, '/');
    await page.getByText(/You are offline\. This is from /).waitFor();
    expect(await page.getByRole('link', { name: 'Harbour' }).count()).toBeGreaterThan(0);
    await openOffline(page, `/chat/${chatId}`);
    expect(await page.getByRole('heading', { name: 'You are offline' }).count()).toBe(1);
    expect(await page.evaluate('getComputedStyle(document.querySelector("main")).display')).not.toBe('block');
    await context.setOffline(false);
    await page.getByRole('link', { name: 'Try again' }).click();
    await connected(page);
  });

  it('a network that comes for less than a moment does not load the page again, nor keep its reader from going elsewhere', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'Said before');
    const { page } = await device();
    await signIn(page, 'ada');
    await open(page, chatId);
    await page.goto('/');
    await expect.poll(() => keptPaths(page)).toEqual(['/', `/chat/${chatId}`]);
    await openOffline(page, '/');
    await page.evaluate(`
      globalThis.isSameDocument = true;
      dispatchEvent(new Event('online'));
    `);
    expect(await page.evaluate('isSameDocument')).toBe(true);
    await page.evaluate(`
      Object.defineProperty(navigator, 'onLine', { get: () => true });
      addEventListener('beforeunload', () => setTimeout(() => dispatchEvent(new Event('online'))));
    `);
    await page.getByRole('link', { name: 'Harbour' }).first().click();
    await page.waitForURL(`/chat/${chatId}`);
    expect(await texts(page)).toEqual(['Said before']);
  });

  it('a chat that was read for long opens as it was when it was left', async () => {
    const chatId = await harbour.newChat();
    const { page } = await device();
    await signIn(page, 'ada');
    await open(page, chatId);
    await type(page, 'Said after it was opened');
    await page.locator('article[data-position="2"]').waitFor();
    await page.evaluate(`
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    `);
    await expect.poll(() => everything(page)).toContain('Said after it was opened');
    await openOffline(page, `/chat/${chatId}`);
    expect(await texts(page)).toEqual(['Said after it was opened']);
  });

  it('nothing of the chats is left after logging out, in no cache and on no page', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'Between us');
    const { context, page } = await device();
    await signIn(page, 'ada');
    await open(page, chatId);
    await expect.poll(() => everything(page)).toContain('Between us');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('/auth');
    expect(await keptPaths(page)).toEqual([]);
    expect(await everything(page)).not.toMatch(/Between us|Harbour|\bada\b/);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await context.setOffline(true);
    await page.goto(`/chat/${chatId}`).catch(() => {});
    expect(await page.content()).not.toMatch(/Between us|Harbour/);
    await page.goto('/').catch(() => {});
    expect(await page.content()).not.toMatch(/Between us|Harbour/);
  });

  it('nothing is left of a session that ended elsewhere, neither on the open page nor at the next visit', async () => {
    const chatId = await harbour.newChat();
    const { context, page } = await device();
    await signIn(page, 'ada');
    await open(page, chatId);
    await expect.poll(() => keptPaths(page)).toEqual(['/', `/chat/${chatId}`]);
    const session = (await context.cookies()).find(({ name }) => name === 'session_token');
    const cookie = `${session?.name}=${session?.value}`;
    await fetch(new URL('/logout', harbour.server.url), { method: 'POST', headers: { cookie }, redirect: 'manual' });
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await expect.poll(() => keptPaths(page)).toEqual([]);
    await signIn(page, 'ada');
    await context.clearCookies();
    await page.goto('/');
    await page.waitForURL(/\/auth/);
    await expect.poll(() => keptPaths(page)).toEqual([]);
  });

  it('ER-2: nothing is kept of a message that was deleted, neither by an open page nor after the next visit of a closed one', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.ada, 'To be regretted', 'To be regretted too');
    const { useCases } = harbour.server.app;
    const remove = (position: number) =>
      useCases.deleteMessage(harbour.ada.actor, { chatId, position: revision(position) });
    const { page } = await device();
    await signIn(page, 'bob');
    await open(page, chatId);
    await expect.poll(() => everything(page)).toContain('To be regretted');
    await remove(2);
    await expect.poll(() => keptPaths(page)).toEqual(['/']);
    await page.reload();
    await expect.poll(() => everything(page)).toContain('To be regretted too');
    await page.goto('/');
    await remove(3);
    await open(page, chatId);
    await expect.poll(() => everything(page)).toContain('Message deleted');
    expect(await everything(page)).not.toContain('To be regretted');
    expect(await page.content()).not.toContain('To be regretted');
  });

  it('nobody sees a page of who was signed in before them, however they came to be', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.ada, 'For two only');
    await harbour.server.person('eve');
    const { context, page } = await device();
    await signIn(page, 'ada');
    await open(page, chatId);
    await expect.poll(() => everything(page)).toContain('For two only');
    // Without a log-out: the cookie is another's from one moment to the next, and so is the person.
    const eve = await harbour.server.person('eve');
    const [name = '', value = ''] = eve.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    await page.goto('/');
    await page.locator('.account').getByText('eve').waitFor();
    await expect.poll(() => keptPaths(page)).toEqual(['/']);
    await openOffline(page, `/chat/${chatId}`);
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    await page.goto('/');
    await page.locator('.account').getByText('eve').waitFor();
    expect(await everything(page)).not.toContain('For two only');
  });

  it('a chat that was left, or that one was removed from, is not kept any more', async () => {
    const [left, lost] = [await harbour.newChat(), await harbour.newChat()];
    const { page } = await device();
    await signIn(page, 'bob');
    await open(page, left);
    await open(page, lost);
    await expect.poll(() => keptPaths(page)).toEqual(['/', `/chat/${left}`, `/chat/${lost}`].sort());
    await harbour.server.app.useCases.removeMember(harbour.ada.actor, {
      chatId: lost,
      userId: harbour.bob.actor.user.id,
    });
    await page.getByRole('link', { name: 'To your chats' }).waitFor();
    await expect.poll(() => keptPaths(page)).toEqual(['/', `/chat/${left}`]);
    await open(page, left);
    await page.getByRole('button', { name: /members/ }).click();
    await page.getByText('Leave this chat').click();
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.waitForURL('/');
    await expect.poll(() => keptPaths(page)).toEqual(['/']);
  });

  it('keeps no sign-in page, no refusal, no redirect, no invite, no page of the past and no JSON', async () => {
    const chatId = await harbour.newChat();
    const { code } = await harbour.server.app.useCases.createInvite(harbour.ada.actor, chatId);
    const { page } = await device();
    await signIn(page, 'ada');
    await page.goto('/chat/4096');
    await page.goto(`/chat/${chatId}?before=1`);
    await page.goto(`/chat/${chatId}/members`);
    await page.goto(`/invite/${code}`);
    await page.getByRole('button', { name: 'Open the chat' }).click();
    await connected(page);
    await page.evaluate(`fetch('/chat/${chatId}/messages', { headers: { accept: 'application/json' } })`);
    await expect.poll(() => keptPaths(page)).toEqual(['/', `/chat/${chatId}`]);
    const { shell = [] } = await cached(page);
    expect(shell.filter((path) => !path.startsWith('/static/'))).toEqual(['/offline']);
  });
});
