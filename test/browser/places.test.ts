import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { connected, Harbour, rows, type } from './harbour.ts';
import { offCentre } from './off-centre.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
let long: ChatId;
beforeAll(async () => {
  if (hasNoBrowser) return;
  harbour = await Harbour.open();
  long = await talkative(400);
});
afterAll(async () => harbour?.close());

async function talkative(count: number): Promise<ChatId> {
  const chatId = await harbour.newChat();
  await harbour.say(chatId, harbour.bob, ...Array.from({ length: count }, (_, n) => `message ${n + 2}`));
  await harbour.read(chatId, harbour.ada);
  return chatId;
}

const row = (page: Page, position: number) => page.locator(`article[data-position="${position}"]`);
const lit = (page: Page) => page.locator('article[aria-current]');

const topOf = (page: Page, position: number) =>
  page.evaluate<number>(`document.querySelector('article[data-position="${position}"]').getBoundingClientRect().top`);
/** Clicks a link to a message, as one in the text of a message would be. */
const clickLinkTo = (page: Page, chatId: ChatId, ...positions: readonly number[]) =>
  page.evaluate(`for (const position of ${JSON.stringify(positions)}) {
    const link = Object.assign(document.createElement('a'), { href: '/chat/${chatId}/at/' + position, target: '_blank' });
    document.querySelector('.log-rows article:last-of-type .message-text').append(link);
    link.click();
    link.remove();
  }`);
const pathOf = (page: Page) => new URL(page.url()).pathname;

async function open(chatId: ChatId, path: string): Promise<Page> {
  const { page } = await harbour.visit(harbour.ada, `/chat/${chatId}${path}`);
  await connected(page);
  return page;
}

describe.skipIf(hasNoBrowser)('a permalink', () => {
  it('opens with its message centred and lit for two seconds, with pages in both directions', async () => {
    const page = await open(long, '/at/200');
    expect(await lit(page).getAttribute('data-position')).toBe('200');
    expect(await offCentre(page, 200)).toBeLessThanOrEqual(1);
    await expect.poll(() => lit(page).count(), { timeout: 4_000 }).toBe(0);
    await page.evaluate('document.querySelector(".log").scrollTop = 0');
    await row(page, 130).waitFor({ state: 'attached' });
    await page.evaluate('document.querySelector(".log").scrollTop = 1e6');
    await row(page, 250).waitFor({ state: 'attached' });
    expect(await rows(page).count()).toBeLessThanOrEqual(400);
    expect(await harbour.leave()).toEqual([]);
  });

  it('goes within the page from a link in a message, and by Back and Forward', async () => {
    const page = await open(long, '');
    await page.evaluate('globalThis.same = true');
    await clickLinkTo(page, long, 50);
    await row(page, 50).waitFor();
    expect(await offCentre(page, 50)).toBeLessThanOrEqual(1);
    expect(pathOf(page)).toBe(`/chat/${long}/at/50`);
    await clickLinkTo(page, long, 300);
    await row(page, 300).waitFor();
    await page.goBack();
    await row(page, 50).waitFor();
    await expect.poll(() => lit(page).count()).toBe(1);
    await page.goBack();
    await row(page, 401).waitFor();
    await page.goForward();
    await row(page, 50).waitFor();
    expect(await page.evaluate('same')).toBe(true);
    expect(await harbour.leave()).toEqual([]);
  });

  it('ten quick jumps end at the last one asked for', async () => {
    const page = await open(long, '');
    await page.evaluate('import("/nowhere").catch(() => {})');
    await clickLinkTo(page, long, 100);
    await row(page, 100).waitFor();
    await clickLinkTo(page, long, 20, 380, 60, 340, 101, 300, 140, 260, 180, 222);
    await row(page, 222).waitFor();
    await expect.poll(() => lit(page).getAttribute('data-position')).toBe('222');
    expect(await offCentre(page, 222)).toBeLessThanOrEqual(1);
    await expect.poll(() => pathOf(page)).toBe(`/chat/${long}/at/222`);
    await harbour.leave();
  });

  it('stays where it is, to the pixel, when rows and images above come late, and follows nothing until the reader goes to the end', async () => {
    const chatId = await talkative(60);
    const page = await open(chatId, '/at/58');
    const before = await topOf(page, 58);
    await page.evaluate(`{
      const image = document.createElement('div');
      image.style.blockSize = '300px';
      document.querySelector('article[data-position="55"] .bubble').append(image);
    }`);
    await expect.poll(async () => Math.abs((await topOf(page, 58)) - before)).toBeLessThanOrEqual(1);
    await harbour.say(chatId, harbour.bob, 'late 1', 'late 2', 'late 3');
    await rows(page).filter({ hasText: 'late 3' }).waitFor({ state: 'attached' });
    expect(Math.abs((await topOf(page, 58)) - before)).toBeLessThanOrEqual(1);
    await page.getByRole('button', { name: '3 new messages' }).click();
    await rows(page).filter({ hasText: 'late 3' }).waitFor();
    expect(pathOf(page)).toBe(`/chat/${chatId}`);
    await harbour.say(chatId, harbour.bob, 'followed');
    await expect.poll(() => rows(page).last().isVisible()).toBe(true);
    expect(await harbour.leave()).toEqual([]);
  });

  it('to one of the latest messages offers “Jump to latest” only while the end is out of sight', async () => {
    const chatId = await talkative(60);
    const page = await open(chatId, '/at/60');
    const jump = page.locator('[data-jump]');
    expect(await lit(page).getAttribute('data-position')).toBe('60');
    expect(await jump.isVisible()).toBe(false);
    await harbour.say(chatId, harbour.bob, 'late');
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, 1e6));
    await expect.poll(() => jump.isVisible()).toBe(false);
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, 0));
    await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    expect(await harbour.leave()).toEqual([]);
  });

  it('that leads to no message says so, and leaves the reader where they are', async () => {
    const page = await open(long, '');
    await clickLinkTo(page, long, 99_999);
    await page.getByRole('alert').filter({ hasText: 'no such message' }).waitFor();
    expect(pathOf(page)).toBe(`/chat/${long}`);
    await harbour.leave();
  });

  it('is lit without a movement where motion is to be reduced', async () => {
    const { page } = await harbour.visit(harbour.ada, '/');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/chat/${long}/at/200`);
    expect(await lit(page).count()).toBe(1);
    const duration = await page.evaluate<string>(
      'getComputedStyle(document.querySelector("article[aria-current] .bubble")).transitionDuration',
    );
    expect(duration).toMatch(/^0s/);
    expect(await harbour.leave()).toEqual([]);
  });

  it('works without script: the message in sight and marked, with links to both sides and to the latest', async () => {
    const { context, page: first } = await harbour.visit(harbour.ada, '/');
    const cookies = await context.cookies();
    await first.close();
    const plain = await harbour.browser.newContext({
      baseURL: harbour.server.url,
      javaScriptEnabled: false,
      viewport: { width: 1280, height: 800 },
    });
    await plain.addCookies(cookies);
    const page = await plain.newPage();
    await page.goto(`/chat/${long}/at/200`);
    // Chromium scrolls to the message in the first frame, which may come after the page has loaded.
    const isInSight = async () => {
      const { y = -1 } = (await row(page, 200).boundingBox()) ?? {};
      return y > 0 && y < 800;
    };
    await expect.poll(isInSight).toBe(true);
    await page.getByRole('link', { name: 'Later messages' }).click();
    await expect.poll(() => row(page, 226).count()).toBe(1);
    await page.getByRole('link', { name: 'Earlier messages' }).click();
    await expect.poll(() => row(page, 200).count()).toBe(1);
    await page.getByRole('link', { name: 'Back to the latest' }).click();
    await expect.poll(() => row(page, 401).count()).toBe(1);
    await plain.close();
    await harbour.leave();
  });
});

describe.skipIf(hasNoBrowser)('the menu of a chat', () => {
  it('opens under its button at any width', async () => {
    const page = await open(long, '');
    const button = page.getByRole('button', { name: 'Chat menu' });
    for (const width of [1920, 1280, 900, 700, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await button.click();
      const [above, menu] = [await button.boundingBox(), await page.locator('#chat-menu').boundingBox()];
      if (!above || !menu) throw new Error('Both are shown.');
      expect(Math.abs(above.x + above.width - menu.x - menu.width)).toBeLessThan(4);
      const gap = menu.y - above.y - above.height;
      expect([width, gap >= 0, gap < 10]).toEqual([width, true, true]);
      const cut =
        '[...document.querySelectorAll("#chat-menu .button")].filter((one) => one.scrollWidth > one.clientWidth).length';
      expect([width, await page.evaluate(cut)]).toEqual([width, 0]);
      await page.keyboard.press('Escape');
    }
    expect(await harbour.leave()).toEqual([]);
  });
});

describe.skipIf(hasNoBrowser)('jump to date', () => {
  it('goes to the first message of a day, from the menu of the chat', async () => {
    const chatId = await talkative(80);
    harbour.clock.advance(24 * 3_600_000);
    await harbour.say(chatId, harbour.bob, 'the next day', ...Array.from({ length: 80 }, (_, n) => `more ${n}`));
    await harbour.read(chatId, harbour.ada);
    const page = await open(chatId, '');
    await page.getByRole('button', { name: 'Chat menu' }).click();
    const day = new Date(harbour.clock.now()).toISOString().slice(0, 10);
    await page.getByLabel('Jump to date').fill(day);
    await page.getByRole('button', { name: 'Go' }).click();
    await rows(page).filter({ hasText: 'the next day' }).waitFor();
    await expect.poll(() => lit(page).locator('.message-text').innerText()).toContain('the next day');
    expect(await page.locator('#chat-menu').isVisible()).toBe(false);
    await type(page, 'at the end');
    await rows(page).filter({ hasText: 'at the end' }).waitFor();
    expect(await harbour.leave()).toEqual([]);
  });
});
