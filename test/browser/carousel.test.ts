import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, DESKTOP, open, PHONE, type Shoal, startShoal } from './shoal-page.ts';
import { hasNoBrowser, launch } from './visit.ts';

const MANY = 200;
let browser: Browser;
let shoal: Shoal;

beforeAll(async () => {
  if (hasNoBrowser) return;
  [browser, shoal] = await Promise.all([launch(), startShoal(MANY)]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await shoal?.server.stop();
});

const STILL = { reducedMotion: 'reduce' } as const;
const home = (options = {}) => open(browser, shoal, { path: '/', ...DESKTOP, ...STILL, ...options });
const front = (page: Page) => page.locator('.card[data-distance="0"]').innerText();
const focused = (page: Page) => ask<string>(page, 'document.activeElement.innerText.trim()');
const reachable = (page: Page) =>
  ask<string[]>(
    page,
    `[...document.querySelectorAll('.carousel [tabindex="0"]')].map((each) => each.innerText.trim())`,
  );

/** The cards' way to the one in front of all the chats is short: it is found by focus, as by Tab. */
async function focusFront(page: Page): Promise<void> {
  await page.locator('.carousel [tabindex="0"]').focus();
}

describe.skipIf(hasNoBrowser)('the carousel', () => {
  it('is moved by arrows, Home and End, and takes the focus along', async () => {
    const page = await home();
    await focusFront(page);
    const first = await focused(page);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).not.toBe(first);
    expect(await front(page)).toContain(await focused(page));
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toBe(first);
    await page.keyboard.press('End');
    expect(await focused(page)).toContain('Harbour');
    await page.keyboard.press('Home');
    expect(await focused(page)).toContain('New chat');
    await page.context().close();
  });

  it('has one card that Tab reaches, and none out of sight that anything does', async () => {
    const page = await home();
    expect(await reachable(page)).toHaveLength(1);
    await focusFront(page);
    await page.keyboard.press('ArrowDown');
    expect(await reachable(page)).toEqual([await focused(page)]);
    const outOfSight = await ask<string[]>(
      page,
      `(() => {
        const frame = document.querySelector('.cards').getBoundingClientRect();
        return [...document.querySelectorAll('.card')]
          .filter((card) => {
            const { top, bottom } = card.getBoundingClientRect();
            return bottom <= frame.top || top >= frame.bottom || !('shown' in card.dataset);
          })
          .filter((card) => {
            const target = card.querySelector('a, button');
            target.focus();
            return document.activeElement === target;
          })
          .map((card) => card.innerText);
      })()`,
    );
    expect(outOfSight).toEqual([]);
    await page.context().close();
  });

  it('opens the chat in front on Enter, and any that is clicked', async () => {
    const page = await home();
    await focusFront(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('/chat/*');
    await page.goBack();
    await page.locator('.card[data-distance="2"] a').first().click();
    await page.waitForURL('/chat/*');
    await page.context().close();
  });

  it('is turned by the wheel and pulled by the mouse, and a pull opens nothing', async () => {
    const page = await home();
    const before = await front(page);
    await page.locator('.cards').hover();
    await page.mouse.wheel(0, 240);
    await expect.poll(() => front(page)).not.toBe(before);
    const turned = await front(page);
    await page.mouse.down();
    await page.mouse.move(640, 300, { steps: 6 });
    await page.mouse.move(640, 200, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => front(page)).not.toBe(turned);
    expect(new URL(page.url()).pathname).toBe('/');
    await page.context().close();
  });

  it('is swiped on a touch screen', async () => {
    const page = await home(PHONE);
    const before = await front(page);
    const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('.cards').boundingBox()) ?? {};
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', up: number) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: x + width / 2, y: y + height * 0.8 - up }],
      });
    await touch('touchStart', 0);
    for (const up of [20, 60, 100, 140, 180]) await touch('touchMove', up);
    await touch('touchEnd', 180);
    await expect.poll(() => front(page)).not.toBe(before);
    expect(new URL(page.url()).pathname).toBe('/');
    await page.context().close();
  });

  it('shrinks and fades its neighbours step by step, and is smooth with two hundred chats', async () => {
    const page = await home({ reducedMotion: 'no-preference' });
    const cards = await ask<{ far: number; scale: number; ground: string }[]>(
      page,
      `[...document.querySelectorAll('.card[data-shown]')].map((card) => ({
        far: Number(card.dataset.distance),
        scale: new DOMMatrix(getComputedStyle(card).transform).a,
        ground: getComputedStyle(card.firstElementChild).backgroundColor,
      }))`,
    );
    const [nearest, next, third] = [0, 1, 2].map((far) => cards.find((card) => card.far === far));
    expect([nearest?.scale, next?.scale, third?.scale]).toEqual([1, 0.95, 0.9]);
    expect(new Set([nearest?.ground, next?.ground, third?.ground]).size).toBe(3);
    await ask(
      page,
      `(globalThis.long = [], new PerformanceObserver((list) => globalThis.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' }))`,
    );
    await focusFront(page);
    await page.keyboard.press('End');
    await expect.poll(() => front(page)).toContain(await focused(page));
    await page.keyboard.press('Home');
    await expect.poll(() => front(page)).toContain('New chat');
    const touched = await page.locator('.card[data-shown]').count();
    expect(touched).toBeLessThan(16);
    const long = await ask<number[]>(page, 'globalThis.long');
    expect(Math.max(0, ...long)).toBeLessThan(200);
    await page.context().close();
  });

  it('has New chat as the first card of the front page, and no card that leads astray without script', async () => {
    const page = await home({ javaScriptEnabled: false });
    expect(await page.locator('.card').first().getByRole('button', { name: 'New chat' }).count()).toBe(1);
    await page.getByRole('link', { name: 'Berth 7', exact: true }).click();
    await page.waitForURL('/chat/*');
    await page.context().close();
  });
});
