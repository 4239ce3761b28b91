import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { box, Harbour, rows } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const CODE = `\`\`\`ts\nconst answer: number = 42; // ${'far '.repeat(80)}\n\`\`\``;
const LONG = Array.from({ length: 30 }, (_, n) => `line ${n}`).join('\n');

const row = (page: Page, text: string) => rows(page).filter({ hasText: text });

/** What the browser puts into the clipboard for the selection. */
const copied = (page: Page) =>
  page.evaluate<string>(`new Promise((resolve) => {
    document.addEventListener('copy', (event) => resolve(event.clipboardData.getData('text/plain')), { once: true });
    document.execCommand('copy');
  })`);

const select = (page: Page, first: string, last: string): Promise<void> =>
  page.evaluate(`(() => {
    const texts = [...document.querySelectorAll('.message-text')];
    const find = (words) => texts.find(({ textContent }) => textContent.includes(words));
    const end = find('${last}');
    getSelection().setBaseAndExtent(find('${first}'), 0, end, end.childNodes.length);
  })()`);

describe.skipIf(hasNoBrowser)('formatted messages', () => {
  it('have spoilers that open by click, by Space and by Enter, and show nothing before', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'The end: ||nobody wins||', 'And: ||all lose||');
    const page = await harbour.enter(harbour.ada, chatId);
    const spoilers = page.getByRole('checkbox', { name: 'Show spoiler' });
    const words = page.locator('.spoiler > span');
    expect(await words.first().isVisible()).toBe(false);
    await spoilers.first().click();
    expect(await words.first().isVisible()).toBe(true);
    await spoilers.last().focus();
    await page.keyboard.press('Enter');
    expect(await words.last().isVisible()).toBe(true);
    await page.keyboard.press('Space');
    expect(await words.last().isVisible()).toBe(false);
    expect(await harbour.leave()).toEqual([]);
  });

  it('have code with its language, a button that copies it, colours, and a place to scroll by keys', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await harbour.say(chatId, harbour.bob, CODE);
    const code = page.getByRole('group', { name: 'Code, ts' });
    await code.locator('.code-keyword', { hasText: 'const' }).waitFor();
    expect(await code.locator('.code-number').textContent()).toBe('42');
    expect(await code.textContent()).toBe(CODE.split('\n')[1]);
    await rows(page).getByRole('button', { name: 'Copy' }).click();
    await rows(page).getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(CODE.split('\n')[1]);
    await code.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => code.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
    await page.reload();
    await code.locator('.code-keyword', { hasText: 'const' }).waitFor();
    expect(await harbour.leave()).toEqual([]);
  });

  it('fold when they are long, unfold by a button, and by the focus going into what is hidden', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, LONG, `${LONG}\nhttps://example.org/end`, 'short');
    const page = await harbour.enter(harbour.ada, chatId);
    const more = rows(page).getByRole('button', { name: 'Show more' });
    const heightOf = (index: number) =>
      page
        .locator('.bubble .message-text')
        .nth(index)
        .evaluate((text) => text.getBoundingClientRect().height);
    expect(await more.count()).toBe(2);
    expect(await heightOf(0)).toBeLessThan(400);
    await more.first().click();
    await rows(page).getByRole('button', { name: 'Show less' }).waitFor();
    expect(await heightOf(0)).toBeGreaterThan(500);
    await page.getByRole('link', { name: 'example.org/end' }).focus();
    await expect.poll(() => heightOf(1)).toBeGreaterThan(500);
    expect(await harbour.leave()).toEqual([]);
  });

  it('unfold where they are read, also at the end of the chat, and fold under the pointer', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 12 }, (_, n) => `before ${n}`), LONG);
    await harbour.read(chatId, harbour.ada);
    const page = await harbour.enter(harbour.ada, chatId);
    const topOf = (selector: string) =>
      page
        .locator(selector)
        .last()
        .evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const begins = await topOf('article');
    await rows(page).getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    expect(await topOf('article')).toBe(begins);
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 12 }, (_, n) => `after ${n}`));
    await page.getByRole('button', { name: '12 new messages' }).waitFor();
    expect(
      await page.locator('article:has(.text-more)').evaluate((row) => Math.round(row.getBoundingClientRect().top)),
    ).toBe(begins);
    const less = rows(page).getByRole('button', { name: 'Show less' });
    await less.scrollIntoViewIfNeeded();
    const pressed = await topOf('.text-more');
    await less.click();
    await rows(page).getByRole('button', { name: 'Show more' }).waitFor();
    expect(await topOf('.text-more')).toBe(pressed);
    expect(await harbour.leave()).toEqual([]);
  });

  it('are copied as they were written, with authors and times, once several are selected', async () => {
    const chatId = await harbour.newChat();
    const texts = ['**one**', `first\n\n> quote\n\n- a\n- b\n${CODE}`, '\\*three\\* ||x|| :wave:'];
    await harbour.say(chatId, harbour.bob, ...texts);
    await harbour.say(chatId, harbour.ada, 'four');
    const page = await harbour.enter(harbour.ada, chatId);
    await select(page, 'one', 'four');
    // The script for it comes with the first selection.
    await expect.poll(() => copied(page)).toContain('**one**');
    const lines = await copied(page);
    const time = /\[\d{4}-\d\d-\d\d \d\d:\d\d\]/.exec(lines)?.[0];
    expect(lines).toBe([...texts.map((text) => `${time} bob: ${text}`), `${time} ada: four`].join('\n'));
    await select(page, 'one', 'one');
    expect(await page.evaluate<string>('String(getSelection())')).toBe('one');
    expect(await harbour.leave()).toEqual([]);
  });

  it('have the emoji of shortcodes, the same live, one’s own and from the server', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await harbour.say(chatId, harbour.bob, 'hi :wave: :nothing:');
    await row(page, 'hi 👋 :nothing:').waitFor();
    await box(page).fill(':tada:');
    await box(page).press('Enter');
    await row(page, '🎉').waitFor();
    expect(await row(page, '🎉').getAttribute('class')).toContain('emoji-only');
    const live = await page.locator('.message-text').evaluateAll((all) => all.map(({ innerHTML }) => innerHTML));
    await page.reload();
    expect(await page.locator('.message-text').evaluateAll((all) => all.map(({ innerHTML }) => innerHTML))).toEqual(
      live,
    );
    expect(await harbour.leave()).toEqual([]);
  });

  it('have buttons of 44 px on touch screens', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, CODE, LONG);
    const context = await harbour.browser.newContext({ baseURL: harbour.server.url, hasTouch: true, isMobile: true });
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto(`/chat/${chatId}`);
    for (const words of ['Copy', 'Show more']) {
      const size = await rows(page).getByRole('button', { name: words, exact: true }).boundingBox();
      expect(Math.min(size?.height ?? 0, size?.width ?? 0)).toBeGreaterThanOrEqual(44);
    }
    await context.close();
  });

  it('are whole without script, with spoilers that open and without buttons that do nothing', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, LONG, '||hidden||', CODE);
    const context = await harbour.browser.newContext({ javaScriptEnabled: false, baseURL: harbour.server.url });
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto(`/chat/${chatId}`);
    expect(await page.locator('.text-more, .code-copy').filter({ visible: true }).count()).toBe(0);
    expect((await page.locator('.bubble .message-text').first().boundingBox())?.height).toBeGreaterThan(500);
    await page.locator('.spoiler').click();
    expect(await page.locator('.spoiler > span').isVisible()).toBe(true);
    await context.close();
  });
});
