import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, DESKTOP, open, type Shoal, startShoal } from './shoal-page.ts';
import { hasNoBrowser, launch } from './visit.ts';

let browser: Browser;
let shoal: Shoal;

beforeAll(async () => {
  if (hasNoBrowser) return;
  [browser, shoal] = await Promise.all([launch(), startShoal(2)]);
});
afterAll(async () => {
  await browser?.close();
  await shoal?.server.stop();
});

const LIGHT = 'rgb(10, 32, 54)';
const DARK = 'rgb(232, 242, 248)';
const ink = (page: Page) => ask<string>(page, 'getComputedStyle(document.body).color');
const themeColour = (page: Page) =>
  ask<string>(
    page,
    `[...document.querySelectorAll('meta[name=theme-color]')].find(({ media }) => matchMedia(media).matches).content`,
  );
const segment = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** The choice is in the menu at the end of the list of chats. */
async function choose(page: Page, name: string): Promise<void> {
  const menu = page.locator('.account-menu');
  if (!(await menu.isVisible())) await page.getByRole('button', { name: 'Your account' }).click();
  await segment(page, name).click();
  await page.locator(`.segment[value="${name.toLowerCase()}"][aria-pressed="true"]`).waitFor({ state: 'attached' });
}
const pressed = (page: Page) => page.locator('.segment[aria-pressed="true"]').textContent();

describe.skipIf(hasNoBrowser)('the theme', () => {
  it('is the one of the system, and changes with it', async () => {
    const page = await open(browser, shoal, { path: '/', ...DESKTOP, colorScheme: 'dark' });
    expect([await ink(page), await themeColour(page)]).toEqual([DARK, '#04162e']);
    await page.emulateMedia({ colorScheme: 'light' });
    expect([await ink(page), await themeColour(page)]).toEqual([LIGHT, '#0054b4']);
    await page.context().close();
  });

  it('is that of the scrollbars too, of the page and of each part that scrolls', async () => {
    const page = await open(browser, shoal, { path: `/chat/${shoal.chats[0]}`, ...DESKTOP, colorScheme: 'dark' });
    const colours = () =>
      ask<string>(
        page,
        `[...new Set(['html', '.log', '.cards', 'textarea'].map((part) => getComputedStyle(document.querySelector(part)).scrollbarColor))].join()`,
      );
    expect(await colours()).toBe('rgba(200, 230, 255, 0.45) rgba(0, 0, 0, 0)');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await colours()).toBe('rgba(10, 50, 90, 0.45) rgba(0, 0, 0, 0)');
    await page.context().close();
  });

  it('can be chosen, here and now and on every later page', async () => {
    const page = await open(browser, shoal, { path: `/chat/${shoal.chats[0]}`, ...DESKTOP, colorScheme: 'light' });
    await choose(page, 'Dark');
    expect([await ink(page), await themeColour(page), await pressed(page)]).toEqual([DARK, '#04162e', 'Dark']);
    for (const path of ['/', `/chat/${shoal.chats[0]}`, '/nowhere']) {
      await page.goto(path);
      expect([await ink(page), await themeColour(page)]).toEqual([DARK, '#04162e']);
    }
    await page.goto('/');
    await choose(page, 'System');
    expect(await ink(page)).toBe(LIGHT);
    await page.reload();
    expect(await ink(page)).toBe(LIGHT);
    await page.context().close();
  });

  it('reaches the other tabs once they are looked at', async () => {
    const page = await open(browser, shoal, { path: '/', ...DESKTOP, colorScheme: 'light' });
    const other = await page.context().newPage();
    await other.goto('/');
    await choose(page, 'Dark');
    await ask(other, `document.dispatchEvent(new Event('visibilitychange'))`);
    // The script for the choice is loaded when it is first needed.
    await expect.poll(async () => [await ink(other), await pressed(other)]).toEqual([DARK, 'Dark']);
    await page.context().close();
  });

  it('never flashes: no page is ever painted in the other one, even before any script', async () => {
    const page = await open(browser, shoal, { path: '/', ...DESKTOP, colorScheme: 'light' });
    await choose(page, 'Dark');
    await page.route('**/*.js', (route) => route.abort());
    await page.goto(`/chat/${shoal.chats[0]}`);
    expect(await ink(page)).toBe(DARK);
    await page.context().close();
  });

  it('is switched without animating anything, wherever the choice is made: no moment of white on white', async () => {
    for (const path of ['/', `/chat/${shoal.chats[0]}`]) {
      const page = await open(browser, shoal, { path, ...DESKTOP, colorScheme: 'light' });
      // Those that follow the scrolling stand still with it.
      const running = () =>
        ask<number>(page, 'document.getAnimations().filter(({ timeline }) => timeline === document.timeline).length');
      await page.getByRole('button', { name: 'Your account' }).click();
      for (const name of ['Dark', 'Light', 'System']) {
        await segment(page, name).focus();
        await expect.poll(running).toBe(0);
        await ask(page, 'document.activeElement.click()');
        expect([name, await running()]).toEqual([name, 0]);
      }
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await running()).toBe(0);
      expect(await ink(page)).toBe(DARK);
      await page.context().close();
    }
  });

  it('can be chosen without script', async () => {
    const page = await open(browser, shoal, { path: '/', ...DESKTOP, colorScheme: 'light', javaScriptEnabled: false });
    await choose(page, 'Dark');
    await page.waitForURL('/');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await pressed(page)).toBe('Dark');
    await choose(page, 'System');
    expect(await page.locator('html[data-theme]').count()).toBe(0);
    await page.context().close();
  });
});
