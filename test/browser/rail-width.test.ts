import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connected, Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const edgeOf = (page: Page) => page.getByRole('separator', { name: 'Width of the list of chats' });

/** The width of the list, and the width that its edge tells. */
const widths = async (page: Page) => [
  await page.evaluate<number>(`document.querySelector('.rail').getBoundingClientRect().width`),
  Number(await edgeOf(page).getAttribute('aria-valuenow')),
];

async function drag(page: Page, by: number): Promise<void> {
  const box = await edgeOf(page).boundingBox();
  if (!box) throw new Error('The list has no edge.');
  const [x, y] = [box.x + box.width / 2, box.y + 300];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by / 2, y + 5);
  await page.mouse.move(x + by, y);
  await page.mouse.up();
}

const becomes = (page: Page, width: number) => expect.poll(() => widths(page)).toEqual([width, width]);

/** The cookie is written after the width is shown. */
const remembers = (page: Page, width: number | undefined) =>
  expect
    .poll(() => page.evaluate<string>(`document.cookie.match(/rail=(\\d+)/)?.[1] ?? ''`))
    .toBe(width === undefined ? '' : String(width));

describe.skipIf(hasNoBrowser)('the width of the list of chats', () => {
  it('follows the pointer at its edge from 260 to 380 px, and a double click resets it', async () => {
    const { page } = await harbour.visit(harbour.ada, `/chat/${await harbour.newChat()}`);
    await connected(page);
    expect(await widths(page)).toEqual([300, 300]);
    await drag(page, 37);
    await becomes(page, 337);
    await remembers(page, 337);
    await drag(page, 400);
    await becomes(page, 380);
    await drag(page, -400);
    await becomes(page, 260);
    await remembers(page, 260);
    await edgeOf(page).dblclick({ position: { x: 4, y: 300 } });
    await becomes(page, 300);
    await remembers(page, undefined);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is changed by arrows, Home and End, which say the new width', async () => {
    const { page } = await harbour.visit(harbour.ada, '/');
    await edgeOf(page).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
    await becomes(page, 308);
    for (const [key, width] of [
      ['End', 380],
      ['ArrowRight', 380],
      ['Home', 260],
      ['ArrowLeft', 260],
    ] as const) {
      await page.keyboard.press(key);
      await becomes(page, width);
      await remembers(page, width);
    }
    expect(await edgeOf(page).getAttribute('aria-valuemin')).toBe('260');
    expect(await edgeOf(page).getAttribute('aria-valuemax')).toBe('380');
    expect(await harbour.leave()).toEqual([]);
  });

  it('is there before the first paint on every page with the list, without script too, and not on smaller screens', async () => {
    const chatId = await harbour.newChat();
    const { page, context } = await harbour.visit(harbour.ada, '/');
    await drag(page, 53);
    await remembers(page, 353);
    for (const path of ['/', `/chat/${chatId}`, `/chat/${chatId}?show=unread`, '/catch-up', `/chat/${chatId}`]) {
      await page.goto(path, { waitUntil: 'commit' });
      await page.locator('.rail-edge').waitFor();
      expect(await page.evaluate('document.documentElement.dataset.rail')).toBe('353');
      expect(await widths(page)).toEqual([353, 353]);
    }
    const still = await harbour.browser.newContext({
      baseURL: harbour.server.url,
      javaScriptEnabled: false,
      storageState: await context.storageState(),
    });
    const plain = await still.newPage();
    await plain.goto(`/chat/${chatId}`);
    expect((await plain.locator('.rail').boundingBox())?.width).toBe(353);
    expect(await plain.locator('.rail-edge').isVisible()).toBe(false);
    await still.close();
    for (const width of [1279, 768, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await edgeOf(page).count()).toBe(0);
      const rail = await page.evaluate(`document.querySelector('.rail').getBoundingClientRect().width`);
      expect(rail).toBe(width >= 768 ? 280 : 0);
    }
    expect(await harbour.leave()).toEqual([]);
  });

  it('follows a finger', async () => {
    const context = await harbour.browser.newContext({
      baseURL: harbour.server.url,
      viewport: { width: 1366, height: 1024 },
      hasTouch: true,
      serviceWorkers: 'block',
    });
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto(`/chat/${await harbour.newChat()}`);
    await connected(page);
    const cdp = await context.newCDPSession(page);
    const touch = (type: string, ...points: readonly { x: number; y: number }[]) =>
      cdp.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: [...points] });
    await touch('touchStart', { x: 300, y: 400 });
    await touch('touchMove', { x: 310, y: 402 });
    await touch('touchMove', { x: 324, y: 402 });
    await touch('touchEnd');
    await becomes(page, 324);
    await remembers(page, 324);
    await context.close();
  });
});
