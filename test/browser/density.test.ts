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

const heightOf = (page: Page, selector: string) =>
  ask<number>(page, `document.querySelector('${selector}').getBoundingClientRect().height`);
const choice = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const chatPath = () => `/chat/${shoal.chats[0]}`;

describe.skipIf(hasNoBrowser)('the density', () => {
  it('makes rows of 60 or of 44 pixels in the list, as chosen on the account page', async () => {
    const page = await open(browser, shoal, { path: chatPath(), ...DESKTOP });
    const comfortable = await heightOf(page, '.card');
    expect(comfortable).toBeGreaterThanOrEqual(60);
    const ofMessages = await heightOf(page, '.log-rows');
    await page.goto('/account');
    await choice(page, 'Compact').click();
    await page.locator('.segment[value="compact"][aria-pressed="true"]').waitFor();
    await page.goto(chatPath());
    expect(await heightOf(page, '.card')).toBe(comfortable - 16);
    expect(await heightOf(page, '.log-rows')).toBeLessThan(ofMessages);
    await page.context().close();
  });

  it('reaches an open chat once it is looked at', async () => {
    const page = await open(browser, shoal, { path: chatPath(), ...DESKTOP });
    const account = await page.context().newPage();
    await account.goto('/account');
    await choice(account, 'Compact').click();
    await account.locator('.segment[value="compact"][aria-pressed="true"]').waitFor();
    await ask(page, `document.dispatchEvent(new Event('visibilitychange'))`);
    await expect.poll(() => page.locator('html').getAttribute('data-density')).toBe('compact');
    await page.context().close();
  });

  it('can be chosen without script, and is there before any script', async () => {
    const page = await open(browser, shoal, { path: '/account', ...DESKTOP, javaScriptEnabled: false });
    await choice(page, 'Compact').click();
    await page.waitForURL('/account');
    expect(await choice(page, 'Compact').getAttribute('aria-pressed')).toBe('true');
    await page.goto(chatPath());
    expect(await page.locator('html').getAttribute('data-density')).toBe('compact');
    await page.goto('/account');
    await choice(page, 'Comfortable').click();
    await page.waitForURL('/account');
    expect(await page.locator('html[data-density]').count()).toBe(0);
    await page.context().close();
  });

  it('leaves all that is touched on a phone 44 pixels high', async () => {
    const page = await open(browser, shoal, {
      path: '/account',
      viewport: { width: 320, height: 640 },
      hasTouch: true,
      isMobile: true,
    });
    await choice(page, 'Compact').tap();
    await page.locator('.segment[value="compact"][aria-pressed="true"]').waitFor();
    await page.goto('/');
    expect(await heightOf(page, '.card-link')).toBeGreaterThanOrEqual(44);
    expect(await ask(page, 'document.documentElement.scrollWidth')).toBe(320);
    await page.context().close();
  });
});
