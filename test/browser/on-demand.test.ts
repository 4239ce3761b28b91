import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { box, connected, goOffline, Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

const NOT_LOADED = 'This could not be loaded. Check the connection, or load the page again.';

let harbour: Harbour;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(() => harbour?.close());

interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Names of the scripts that the page asked for, in order, without their hashes. */
  readonly scripts: readonly string[];
}

/** A page of ada's chat, in a browser of its own. */
async function openChat({ serviceWorkers }: { readonly serviceWorkers: 'allow' | 'block' }): Promise<Opened> {
  const context = await harbour.browser.newContext({ baseURL: harbour.server.url, serviceWorkers });
  contexts.push(context);
  const [name = '', value = ''] = harbour.ada.cookie.split('=');
  await context.addCookies([{ name, value, url: harbour.server.url }]);
  const page = await context.newPage();
  const scripts: string[] = [];
  page.on('request', (request) => {
    const [, script] = /\/static\/([\w-]+)-[0-9a-f]{10}\.js$/.exec(request.url()) ?? [];
    if (script !== undefined) scripts.push(script);
  });
  await page.goto(`/chat/${await harbour.newChat()}`);
  await connected(page);
  return { context, page, scripts };
}

const openMembers = (page: Page) => page.getByRole('button', { name: '2 members' }).click();
const membersDialog = (page: Page) => page.getByRole('dialog', { name: 'Members' });

describe.skipIf(hasNoBrowser)('a part of the page that is loaded when it is first used', () => {
  it('is asked for once, at its first use, and adds its dialog once', async () => {
    const { page, scripts } = await openChat({ serviceWorkers: 'block' });
    expect(scripts).toEqual(['client']);
    await openMembers(page);
    await membersDialog(page).getByRole('listitem').filter({ hasText: 'bob' }).waitFor();
    await page.keyboard.press('Escape');
    await openMembers(page);
    await membersDialog(page).getByRole('listitem').filter({ hasText: 'bob' }).waitFor();
    expect(await page.locator('[data-members-dialog]').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Create invite link' }).click();
    await page.getByRole('dialog', { name: 'Bring someone in' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All shortcuts' }).click();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(scripts).toEqual(['client', 'chat-dialogs', 'members', 'invite', 'shortcuts-dialog']);
  });

  it('is there without a network after the first visit, where the worker keeps the scripts', async () => {
    const { page } = await openChat({ serviceWorkers: 'allow' });
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    await goOffline(page);
    await page.getByRole('button', { name: 'All shortcuts' }).click();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await openMembers(page);
    await membersDialog(page).getByRole('alert').waitFor();
    expect(await page.getByText(NOT_LOADED).count()).toBe(0);
  });

  it.each([
    ['no network', (page: Page) => page.route('**/static/members-*', (route) => route.abort('internetdisconnected'))],
    [
      'another build on the server',
      (page: Page) => page.route('**/static/members-*', (route) => route.fulfill({ status: 404 })),
    ],
  ] as const)('says so where it cannot be loaded because of %s, and leaves the chat as it is', async (_why, fail) => {
    const { page } = await openChat({ serviceWorkers: 'block' });
    await fail(page);
    await box(page).fill('Not sent yet');
    const address = page.url();
    await openMembers(page);
    await page.getByRole('alert').filter({ hasText: NOT_LOADED }).waitFor();
    await openMembers(page);
    await page.getByRole('alert').filter({ hasText: NOT_LOADED }).waitFor();
    expect(await page.locator('.said').count()).toBe(1);
    expect(page.url()).toBe(address);
    expect(await box(page).inputValue()).toBe('Not sent yet');
    await page.getByRole('button', { name: 'All shortcuts' }).click();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });
});
