import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connected, Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

describe.skipIf(hasNoBrowser)('the administration', () => {
  it('is reached from the menu of the account, and signs a deactivated person out of an open page at once', async () => {
    const chatId = await harbour.newChat();
    const bobs = await harbour.enter(harbour.bob, chatId);
    await bobs.getByRole('button', { name: 'Your account' }).click();
    expect(await bobs.getByRole('link', { name: 'Administration' }).count()).toBe(0);

    const { page } = await harbour.visit(harbour.ada, `/chat/${chatId}`);
    await connected(page);
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
    await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'People' }).click();
    await page.getByLabel('Name').fill('BOB');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL('**/admin/people?q=BOB');
    expect(await page.getByRole('listitem').count()).toBe(1);
    await page.getByText('Deactivate', { exact: false }).first().click();
    await page.getByRole('button', { name: 'Deactivate bob' }).click();
    await page.getByText('Deactivated', { exact: true }).waitFor();
    await bobs.locator('[data-banner]').filter({ hasText: 'You are signed out. Sign in' }).waitFor();

    await page.getByRole('button', { name: 'Activate bob' }).click();
    await page.getByText('Deactivated', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Reset link for bob' }).click();
    const link = await page.getByLabel('Link').inputValue();

    await bobs.goto(link);
    await bobs.getByLabel('New password').fill('battery staple');
    await bobs.getByRole('button', { name: 'Set password and sign in' }).click();
    await bobs.getByRole('link', { name: 'Go on to your chats' }).click();
    await bobs.getByRole('navigation', { name: 'Chats' }).waitFor();
    expect(await harbour.leave(/401|WebSocket|4401/)).toEqual([]);
  });
});
