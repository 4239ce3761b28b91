import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const menuOf = ({ page }: Awaited<ReturnType<Harbour['visit']>>) => page.locator('#account-menu');

describe.skipIf(hasNoBrowser)('the menu “⋯” of the foot of the rail', () => {
  it('leads to the account, the notifications, the blocked people, the shortcuts, the appearance and out, and Back returns', async () => {
    const chatId = await harbour.newChat();
    const visit = await harbour.visit(harbour.ada, `/chat/${chatId}`);
    const { page } = visit;
    const menu = menuOf(visit);
    for (const [name, path, heading] of [
      ['Your account', '/account', 'Your account'],
      ['Sessions', '/account/sessions', 'Where you are signed in'],
      ['Notifications', '/account/notifications', 'Notifications'],
      ['Away', '/account/presence', 'Away'],
      ['Blocked people', '/blocks', 'Blocked people'],
    ] as const) {
      await page.getByRole('button', { name: 'Your account' }).click();
      await menu.getByRole('link', { name, exact: true }).click();
      await page.waitForURL(path);
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      await page.goBack();
      await page.waitForURL(`/chat/${chatId}`);
    }
    await page.getByRole('button', { name: 'Your account' }).click();
    await menu.getByRole('group', { name: 'Appearance' }).waitFor();
    await menu.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Your account' }).click();
    await menu.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('/auth');
    expect(await harbour.leave()).toEqual([]);
  });

  it('opens and works without script', async () => {
    const { cookie } = await harbour.server.person('cleo');
    const [name = '', value = ''] = cookie.split('=');
    const context = await harbour.browser.newContext({ baseURL: harbour.server.url, javaScriptEnabled: false });
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto('/');
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('link', { name: 'Notifications' }).click();
    await page.getByRole('heading', { name: 'Notifications', exact: true }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.locator('#account-menu').getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('/auth');
    await context.close();
  });
});
