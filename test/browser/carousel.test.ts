import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, DESKTOP, open, PHONE, type Shoal, startShoal } from './shoal-page.ts';
import { hasNoBrowser, launch } from './visit.ts';

const MANY = 60;
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
const chat = (index: number) => `/chat/${shoal.chats[index]}`;
const focused = (page: Page) => ask<string>(page, 'document.activeElement.textContent.trim()');
const links = (page: Page) => page.getByRole('navigation', { name: 'Chats' }).getByRole('link');

/** The link that Tab reaches. */
const tabStop = (page: Page) => page.locator('.card-link[tabindex="0"]');

const scrolledTo = (page: Page) => ask<number>(page, `document.querySelector('.cards').scrollTop`);

describe.skipIf(hasNoBrowser)('the carousel', () => {
  it('lists every chat as a link of its name, by the newest message, which is shown beside it', async () => {
    const page = await home({ javaScriptEnabled: false });
    expect(await links(page).count()).toBe(MANY);
    const first = page.locator('.card').first();
    expect(await first.getByRole('link', { name: 'Harbour', exact: true }).count()).toBe(1);
    expect(await first.locator('.card-preview').innerText()).toBe('You: See you');
    await page.getByRole('link', { name: 'Berth 7', exact: true }).click();
    await page.waitForURL('/chat/*');
    await page.context().close();
  });

  it('is moved through by arrows, Home and End, and opens a chat on Enter', async () => {
    const page = await home();
    await tabStop(page).focus();
    expect(await focused(page)).toBe('Harbour');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/^Berth/);
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toBe('Harbour');
    await page.keyboard.press('End');
    expect(await focused(page)).toBe(await links(page).last().textContent());
    expect(await scrolledTo(page)).toBeGreaterThan(0);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(chat(0));
    await page.context().close();
  });

  it('is searched by a button above it, which opens the switcher', async () => {
    const page = await home();
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('combobox', { name: 'Chat' }).fill('berth 33');
    await page.keyboard.press('Enter');
    await page.waitForURL(chat(32));
    await page.context().close();
  });

  it('goes to a name by its beginning, also where the letters are shortcuts elsewhere', async () => {
    const page = await open(browser, shoal, { path: chat(1), ...DESKTOP, ...STILL });
    await tabStop(page).focus();
    await page.keyboard.type('berth 33');
    expect(await focused(page)).toBe('Berth 33');
    await page.context().close();
  });

  it('has one chat that Tab reaches: the open one, and then the one that had the focus last', async () => {
    const page = await open(browser, shoal, { path: chat(40), ...DESKTOP, ...STILL });
    expect(await tabStop(page).allTextContents()).toEqual(['Berth 41']);
    expect(await tabStop(page).isVisible()).toBe(true);
    await tabStop(page).focus();
    await page.keyboard.press('ArrowDown');
    expect(await tabStop(page).allTextContents()).toEqual([await focused(page)]);
    await page.context().close();
  });

  it('scrolls by itself, by wheel and by finger, to any of sixty chats on a phone', async () => {
    const page = await home(PHONE);
    await page.locator('.cards').hover();
    await page.mouse.wheel(0, 600);
    await expect.poll(() => scrolledTo(page)).toBeGreaterThan(500);
    await links(page).last().tap();
    await page.waitForURL('/chat/*');
    await page.context().close();
  });

  it('lets the chats near its edges recede, for who does not mind motion, and keeps them legible', async () => {
    const page = await home({ reducedMotion: 'no-preference' });
    const looks = (index: number) =>
      ask<{ scale: number; opacity: number }>(
        page,
        `(({ scale, opacity }) => ({ scale: Number(scale) || 1, opacity: Number(opacity) }))(getComputedStyle(document.querySelectorAll('.card')[${index}]))`,
      );
    await ask(page, `(document.querySelector('.cards').scrollTop = 30)`);
    await expect.poll(async () => (await looks(0)).scale).toBeLessThan(1);
    const edge = await looks(0);
    expect(edge.scale).toBeGreaterThanOrEqual(0.94);
    expect(edge.opacity).toBeGreaterThanOrEqual(0.75);
    expect(await looks(3)).toEqual({ scale: 1, opacity: 1 });
    await page.context().close();
  });

  it('shows what is said elsewhere at once, and moves that chat to the front', async () => {
    const page = await open(browser, shoal, { path: chat(0), ...DESKTOP, ...STILL });
    await page.locator('[data-connection][data-state="connected"]').waitFor({ state: 'attached' });
    const headers = { 'content-type': 'application/json', cookie: shoal.cookie };
    const body = JSON.stringify({ text: 'News from **the berth**' });
    await shoal.server.fetch(`${chat(20)}/messages`, { method: 'POST', headers, body });
    const first = page.locator('.card').first();
    await first.filter({ hasText: 'Berth 21' }).waitFor();
    await expect.poll(() => first.locator('.card-preview').innerText()).toBe('You: News from the berth');
    await page.context().close();
  });

  it.each([
    ['the time today', 0, /^\d+:\d\d [AP]M$/],
    ['the day of the week within a week', 3, /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/],
    ['the date after that', 9, /^([A-Z][a-z]{2} \d+|\d+\/\d+\/\d+)$/],
    ['the date with its year after long', 400, /^\d+\/\d+\/\d+$/],
  ])('says when the newest message came by %s', async (_what, days, expected) => {
    const page = await home({ locale: 'en-US' });
    await page.clock.setFixedTime(Date.now() + days * 24 * 3_600_000);
    await page.reload();
    const time = page.locator(`.card[data-chat="${shoal.chats[0]}"] time`);
    await expect.poll(() => time.innerText()).toMatch(expected);
    await page.context().close();
  });

  it('shows a draft in place of the newest message, except in the open chat', async () => {
    const page = await open(browser, shoal, { path: chat(2), ...DESKTOP, ...STILL });
    await page.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
    await page.goto(chat(0));
    const preview = page.locator(`.card[data-chat="${shoal.chats[2]}"] .card-preview`);
    expect(await preview.innerText()).toBe('Draft: Half a thought');
    await page.goto(chat(2));
    expect(await preview.innerText()).not.toContain('Draft');
    await page.context().close();
  });
});
