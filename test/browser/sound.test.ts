import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { connected, Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

/** Counts the sounds of a page. */
const SOUNDS = `globalThis.sounds = 0;
  globalThis.AudioContext = class extends AudioContext { constructor() { super(); sounds++; } };`;

const soundsOf = (page: Page) => page.evaluate<number>('sounds');

async function allSounds(context: BrowserContext): Promise<number> {
  const counts = await Promise.all(context.pages().map(soundsOf));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A tab of Bob's in which he has done something, as browsers want it before they play. */
async function tab(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  if (path !== '/') await connected(page);
  await page.locator('.account-name').click();
  return page;
}

async function bobsBrowser(): Promise<BrowserContext> {
  const { context, page } = await harbour.visit(harbour.bob, '/');
  await context.addInitScript(SOUNDS);
  await page.close();
  return context;
}

const cardOf = (page: Page, chatId: ChatId) => page.locator(`.card[data-chat="${chatId}"]`);

const hide = (page: Page) =>
  page.evaluate(`{
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }`);

/** All pages have been told of everything that was said in the chat before: the sound of a summary comes before the next summary. */
async function haveHeard(pages: readonly Page[], chatId: ChatId): Promise<void> {
  for (const mark of ['first mark', 'second mark']) {
    await harbour.say(chatId, harbour.ada, mark);
    for (const page of pages) await cardOf(page, chatId).getByText(mark).waitFor();
  }
}

/** Whether a page of the browser shows a chat, as its pages tell each other. */
const isShown = (page: Page) =>
  page.evaluate<boolean>(
    `navigator.locks.query().then(({ held }) => held.some(({ name }) => name.startsWith('shoal:shown')))`,
  );

describe.skipIf(hasNoBrowser)('a sound', () => {
  it('is played by exactly one tab of many for a mention, and by none for other messages and own ones', async () => {
    const chatId = await harbour.newChat();
    const context = await bobsBrowser();
    const elsewhere = `/chat/${await harbour.newChat()}`;
    const pages = [await tab(context, '/'), await tab(context, elsewhere), await tab(context, '/')];
    await harbour.say(chatId, harbour.bob, 'my own @ada');
    await haveHeard(pages, chatId);
    expect(await allSounds(context)).toBe(0);
    for (let count = 1; count <= 3; count++) {
      await harbour.say(chatId, harbour.ada, `@bob ${count}`);
      await expect.poll(() => allSounds(context)).toBe(count);
    }
    await haveHeard(pages, chatId);
    expect(await allSounds(context)).toBe(3);
    // A tab that is gone leaves the sound to the others.
    await pages[0]?.close();
    await pages[1]?.close();
    await harbour.say(chatId, harbour.ada, '@bob again');
    await expect.poll(() => allSounds(context)).toBeGreaterThan(0);
    expect(await harbour.leave(/^a new page/)).toEqual([]);
  });

  it('is not played while a tab shows the chat, and is once that tab is hidden', async () => {
    const chatId = await harbour.newChat();
    const context = await bobsBrowser();
    const pages = [await tab(context, '/'), await tab(context, `/chat/${chatId}`)] as const;
    const [, inChat] = pages;
    await expect.poll(() => isShown(inChat)).toBe(true);
    await harbour.say(chatId, harbour.ada, '@bob seen');
    await rows(inChat).getByText('seen').waitFor();
    await haveHeard(pages, chatId);
    expect(await allSounds(context)).toBe(0);
    await hide(inChat);
    await expect.poll(() => isShown(inChat)).toBe(false);
    await harbour.say(chatId, harbour.ada, '@bob not seen');
    await expect.poll(() => allSounds(context)).toBe(1);
    expect(await harbour.leave(/^a new page/)).toEqual([]);
  });

  it('is not played for a muted chat, in quiet hours, nor when it is turned off', async () => {
    const chatId = await harbour.newChat();
    const { setLevel, setNotifications } = harbour.server.app.useCases;
    const context = await bobsBrowser();
    const pages = [await tab(context, '/')];
    const isSilent = async () => {
      await harbour.say(chatId, harbour.ada, '@bob');
      await haveHeard(pages, chatId);
      expect(await allSounds(context)).toBe(0);
    };
    const { actor } = harbour.bob;
    await setLevel(actor, { chatId, level: 'nothing', mute: undefined });
    await isSilent();
    await setLevel(actor, { chatId, level: 'all', mute: undefined });
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
    await setNotifications(actor, { quietHours: { zone: 'UTC', days, from: '00:00', to: '00:00' } });
    await isSilent();
    await setNotifications(actor, { quietHours: null, sound: false });
    await isSilent();
    await setNotifications(actor, { sound: true });
    await harbour.say(chatId, harbour.ada, 'now');
    await expect.poll(() => allSounds(context)).toBe(1);
    expect(await harbour.leave(/^a new page/)).toEqual([]);
  });
});
