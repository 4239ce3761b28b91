import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
}, 60_000);
afterAll(() => harbour?.close());
afterEach(async () => {
  if (harbour) expect(await harbour.leave()).toEqual([]);
});

/** Two chats in which ada has called bob, the second one later. */
async function missedChats(): Promise<readonly [ChatId, ChatId]> {
  const [first, second] = [await harbour.newChat(), await harbour.newChat()];
  for (const id of [first, second]) await harbour.say(id, harbour.ada, '@bob one', 'nothing', '@bob two');
  return [first, second];
}

async function readAll(): Promise<void> {
  const { viewMissed } = harbour.server.app.useCases;
  const { missed } = await viewMissed(harbour.bob.actor);
  for (const { chat } of missed) await harbour.read(chat.id, harbour.bob);
}

const shown = (page: Page) =>
  page.evaluate<number[]>(`[...document.querySelectorAll('[data-missed]')].map((one) => Number(one.dataset.missed))`);

const focused = (page: Page) => page.evaluate<string | null>(`document.activeElement.getAttribute('href')`);

/** Presses J until the script, which is loaded on this page only, answers by moving the focus to its first link. */
const begin = (page: Page, id: ChatId) =>
  expect
    .poll(async () => {
      await page.keyboard.press('j');
      return focused(page);
    })
    .toBe(`/chat/${id}`);

describe.skipIf(hasNoBrowser)('catching up', () => {
  it('goes through what was missed by J, K and arrows, opens by Enter, and is cleared by E and Escape', async () => {
    await readAll();
    const [first, second] = await missedChats();
    const { page } = await harbour.visit(harbour.bob, '/');
    await page.getByRole('link', { name: 'Catch up', exact: true }).click();
    await page.waitForURL('**/catch-up');
    expect(await shown(page)).toEqual([second, first]);
    await begin(page, second);
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(`/chat/${second}/at/4`);
    await page.keyboard.press('k');
    expect(await focused(page)).toBe(`/chat/${second}/at/2`);
    await page.keyboard.press('e');
    await expect.poll(() => shown(page)).toEqual([first]);
    expect(await focused(page)).toBe(`/chat/${first}`);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/chat/${first}/at/2`);
    // The page of the chat reads what is in sight.
    await page.goto('/');
    await harbour.say(first, harbour.ada, '@bob three');
    await page.goto('/catch-up');
    await begin(page, first);
    await page.keyboard.press('Escape');
    await expect.poll(() => shown(page)).toEqual([]);
    await page.getByText('You have read everything.').waitFor();
    await expect.poll(() => page.locator('.card-unread:not([hidden])').count()).toBe(0);
  });

  it('is in the palette, and keys do nothing while that is open', async () => {
    await readAll();
    const [first, second] = await missedChats();
    const { page } = await harbour.visit(harbour.bob, '/catch-up');
    await begin(page, second);
    await page.keyboard.press('Control+k');
    const combobox = page.getByRole('combobox', { name: 'Chat' });
    await combobox.waitFor();
    await page.keyboard.type('Catch');
    await page.getByRole('option', { name: 'Catch up', exact: true }).waitFor();
    await page.keyboard.press('e');
    await page.keyboard.press('Escape');
    await combobox.waitFor({ state: 'hidden' });
    expect(await shown(page)).toEqual([second, first]);
    await page.goto('/');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Catch');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/catch-up');
  });

  it('marks a chat as read in place by its button, and by a form without script', async () => {
    await readAll();
    const [first, second] = await missedChats();
    const { page } = await harbour.visit(harbour.bob, '/catch-up');
    const buttons = page.getByRole('button', { name: /^Mark as read/ });
    await buttons.first().click();
    await expect.poll(() => shown(page)).toEqual([first]);
    expect(new URL(page.url()).pathname).toBe('/catch-up');
    await harbour.say(second, harbour.ada, '@bob three');
    const context = await harbour.browser.newContext({ baseURL: harbour.server.url, javaScriptEnabled: false });
    const [name = '', value = ''] = harbour.bob.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const plain = await context.newPage();
    await plain.goto('/catch-up');
    expect(await plain.locator('[data-missed]').count()).toBe(2);
    await plain
      .getByRole('button', { name: /^Mark as read/ })
      .first()
      .click();
    await expect.poll(() => plain.locator('[data-missed]').count()).toBe(1);
    await context.close();
  });
});
