import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connected } from './harbour.ts';
import { ask, DESKTOP, open, PHONE, type Shoal, startShoal } from './shoal-page.ts';
import { hasNoBrowser, launch } from './visit.ts';

let browser: Awaited<ReturnType<typeof launch>>;
let shoal: Shoal;

beforeAll(async () => {
  if (hasNoBrowser) return;
  [browser, shoal] = await Promise.all([launch(), startShoal(60)]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await shoal?.server.stop();
});

const STILL = { reducedMotion: 'reduce' } as const;
const chat = (index: number) => `/chat/${shoal.chats[index]}`;
const home = (options = {}) => open(browser, shoal, { path: '/', ...DESKTOP, ...STILL, ...options });
const listed = (page: Page) => page.locator('.card-name').filter({ visible: true }).allTextContents();

async function chosen(page: Page): Promise<readonly string[]> {
  const texts = await page.locator('.chip[aria-current="true"]').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' ').trim());
}

const chip = (page: Page, name: string) => page.getByRole('group', { name: 'Which chats' }).getByText(name);

async function put(index: number, what: 'read' | 'unread', position: number): Promise<void> {
  const headers = { 'content-type': 'application/json', cookie: shoal.cookie };
  const body = JSON.stringify({ position });
  expect((await shoal.server.fetch(`${chat(index)}/${what}`, { method: 'PUT', headers, body })).status).toBe(200);
}

/** The first chat has messages of another person, the last ones of which become unread. */
const markUnread = () => put(0, 'unread', 4);

describe.skipIf(hasNoBrowser)('the chips above the list', () => {
  it('let it show the unread chats alone, by a link, without script', async () => {
    await markUnread();
    for (const path of ['/', chat(3)]) {
      const page = await open(browser, shoal, { path, ...DESKTOP, ...STILL, javaScriptEnabled: false });
      expect([(await listed(page)).length, await chosen(page)]).toEqual([60, ['All']]);
      await chip(page, 'Unread').click();
      await page.waitForURL(`**${path}?show=unread`);
      expect(await listed(page)).toEqual(path === '/' ? ['Harbour'] : ['Harbour', 'Berth 4']);
      expect(await chosen(page)).toEqual(['Unread 1']);
      await chip(page, 'All').click();
      await page.waitForURL(`**${path}`);
      await page.context().close();
    }
  });

  it('change the list at once, follow what becomes read, and are remembered for the tab', async () => {
    await markUnread();
    const page = await home();
    await chip(page, 'Unread').click();
    expect([await listed(page), await chosen(page), page.url()]).toEqual([
      ['Harbour'],
      ['Unread 1'],
      new URL('/', shoal.server.url).href,
    ]);
    await page.goto(chat(5));
    expect([await listed(page), await chosen(page)]).toEqual([['Harbour', 'Berth 6'], ['Unread 1']]);
    const other = await page.context().newPage();
    await other.goto('/');
    expect(await chosen(other)).toEqual(['All']);
    await other.close();

    await page.goto('/');
    await put(0, 'read', 1000);
    await page.getByText('No chat has unread messages.').waitFor();
    expect([await listed(page), await chosen(page)]).toEqual([[], ['Unread']]);
    await chip(page, 'All').click();
    expect((await listed(page)).length).toBe(60);
    await page.context().close();
  });

  it('let keys move among the chats that are shown', async () => {
    await markUnread();
    const page = await open(browser, shoal, { path: chat(7), ...DESKTOP, ...STILL });
    await chip(page, 'Unread').click();
    await page.locator('.card-link[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    expect(await ask(page, 'document.activeElement.textContent')).toBe('Harbour');
    await page.keyboard.press('ArrowDown');
    expect(await ask(page, 'document.activeElement.textContent')).toBe('Berth 8');
    await page.keyboard.press('Alt+ArrowUp');
    await page.waitForURL(chat(0));
    await page.context().close();
  });
});

describe.skipIf(hasNoBrowser)('on a phone', () => {
  it('the header of a chat shows how many other chats are unread, at an arrow that leads to the list', async () => {
    await put(0, 'read', 1000);
    const page = await open(browser, shoal, { path: chat(9), ...PHONE, ...STILL });
    await connected(page);
    const back = page.locator('a.back');
    expect(await back.innerText()).toBe('All chats');
    await markUnread();
    await expect.poll(() => back.innerText()).toMatch(/^All chats\s*1\s+with unread messages$/);
    await back.tap();
    await page.waitForURL('/');
    expect((await listed(page)).length).toBe(60);
    await page.context().close();
  });

  it.each([2, 33, 60])('60 chats are found by touch within two gestures: number %i', async (number) => {
    const page = await home(PHONE);
    await page.getByRole('button', { name: 'Search' }).tap();
    await page.getByRole('combobox', { name: 'Chat' }).fill(`${number}`);
    await page.getByRole('option', { name: `Berth ${number}`, exact: true }).tap();
    await page.waitForURL(chat(number - 1));
    await page.context().close();
  });

  it('60 chats are scrolled by a finger', async () => {
    const page = await home(PHONE);
    const finger = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove', y: number) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: 160, y }] });
    await touch('touchStart', 500);
    // Where the browser joins the first moves, it scrolls by the later ones alone.
    for (const y of [450, 400, 350, 300, 250, 200, 150, 100]) await touch('touchMove', y);
    await expect.poll(() => ask<number>(page, `document.querySelector('.cards').scrollTop`)).toBeGreaterThan(200);
    await page.context().close();
  });
});

describe.skipIf(hasNoBrowser)('the chip of direct chats', () => {
  it('is there from the first one on, and shows only those', async () => {
    const page = await home();
    await expect.poll(() => page.locator('.chip').filter({ visible: true }).count()).toBe(2);
    const headers = { 'content-type': 'application/json', cookie: shoal.cookie };
    const body = JSON.stringify({ usernames: ['bob'] });
    expect((await shoal.server.fetch('/direct', { method: 'POST', headers, body })).status).toBe(201);
    await chip(page, 'Direct').click();
    expect([await listed(page), await chosen(page)]).toEqual([['bob'], ['Direct']]);
    await page.reload();
    expect([await listed(page), await chosen(page)]).toEqual([['bob'], ['Direct']]);
    await page.context().close();
  });
});

describe.skipIf(hasNoBrowser)('a pinned chat', () => {
  it('moves to the front at once, on all pages of its member, with a mark that is not colour alone', async () => {
    const page = await home();
    await page.locator('.card').nth(1).waitFor();
    const pinned = `/chat/${shoal.chats[30]}/pin`;
    const headers = { cookie: shoal.cookie };
    await shoal.server.fetch(pinned, { method: 'PUT', headers });
    const first = page.locator('.card').first();
    await first.getByRole('link', { name: 'Berth 31', exact: true }).waitFor();
    expect((await first.locator('.card-pin').textContent())?.trim()).toBe('Pinned.');
    expect(await first.locator('.card-pin svg').isVisible()).toBe(true);
    await page.reload();
    expect((await listed(page))[0]).toBe('Berth 31');
    await shoal.server.fetch(pinned, { method: 'DELETE', headers });
    await expect.poll(async () => (await listed(page))[0]).not.toBe('Berth 31');
    expect(await page.locator('.card-pin').count()).toBe(0);
    await page.context().close();
  });

  it('is pinned and unpinned from the menu of the chat', async () => {
    const page = await open(browser, shoal, { path: chat(20), ...PHONE, ...STILL });
    await page.getByRole('button', { name: 'Chat menu' }).tap();
    await page.getByRole('button', { name: 'Pin this chat' }).tap();
    await page.getByText('Unpin this chat').waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'All chats' }).tap();
    const pinned = page.locator('.card[data-pinned] .card-name');
    await expect.poll(() => pinned.allTextContents()).toEqual(['Berth 21']);
    await page.goto(chat(20));
    await page.getByRole('button', { name: 'Chat menu' }).tap();
    await page.getByRole('button', { name: 'Unpin this chat' }).tap();
    await page.getByText('Pin this chat', { exact: true }).waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'All chats' }).tap();
    await expect.poll(() => pinned.count()).toBe(0);
    await page.context().close();
  });
});
