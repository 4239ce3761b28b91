import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

/** Notes the numbers that the page gives to the icon of the app. */
const BADGES = `globalThis.badges = []; Navigator.prototype.setAppBadge = async (count) => void badges.push(count);`;

const badges = (page: Page) => page.evaluate<readonly number[]>('badges');
const icon = (page: Page) => page.evaluate<string>(`document.querySelector('link[rel="icon"]').href`);
const hasDot = async (page: Page) => (await icon(page)).includes('icon-unread');

async function directChat(): Promise<ChatId> {
  const { openDirectChat } = harbour.server.app.useCases;
  return (await openDirectChat(harbour.ada.actor, { usernames: ['bob'] })).chatId;
}

async function bobsPage(path: string): Promise<Page> {
  const { page } = await harbour.visit(harbour.bob, '/');
  await page.context().addInitScript(BADGES);
  await page.goto(path);
  return page;
}

describe.skipIf(hasNoBrowser)('title, favicon and app badge', () => {
  it('agree with the unread mentions and direct messages of all chats, at once, on every page, and with 0 too', async () => {
    const [group, direct] = [await harbour.newChat(), await directChat()];
    const [home, other] = [await bobsPage('/'), await bobsPage(`/chat/${await harbour.newChat()}`)];
    const agrees = async (page: Page, title: string, count: number) => {
      await expect.poll(() => page.title()).toBe(title);
      expect(await hasDot(page)).toBe(count > 0);
      expect((await badges(page)).at(-1)).toBe(count);
    };
    await agrees(home, 'Shoal', 0);
    await harbour.say(group, harbour.ada, 'nothing for anyone', '@bob come', '@bob come now');
    await agrees(home, '(2) Shoal', 2);
    await harbour.say(direct, harbour.ada, 'one', 'two');
    await agrees(home, '(4) Shoal', 4);
    await agrees(other, '(4) Harbour · Shoal', 4);
    await home.reload();
    await agrees(home, '(4) Shoal', 4);
    await harbour.read(group, harbour.bob);
    await agrees(other, '(2) Harbour · Shoal', 2);
    await harbour.read(direct, harbour.bob);
    await agrees(home, 'Shoal', 0);
    await agrees(other, 'Harbour · Shoal', 0);
    expect(await harbour.leave()).toEqual([]);
  });

  it('keep the number when the chat is renamed', async () => {
    const [group, direct] = [await harbour.newChat(), await directChat()];
    const page = await bobsPage(`/chat/${group}`);
    await harbour.say(direct, harbour.ada, 'one');
    await expect.poll(() => page.title()).toBe('(1) Harbour · Shoal');
    await harbour.server.app.useCases.renameChat(harbour.ada.actor, { chatId: group, name: '(7) Basin' });
    await expect.poll(() => page.title()).toBe('(1) (7) Basin · Shoal');
    await harbour.read(direct, harbour.bob);
    await expect.poll(() => page.title()).toBe('(7) Basin · Shoal');
    expect(await harbour.leave()).toEqual([]);
  });

  it('count nothing in the chat that its reader follows, and everything once the page is hidden', async () => {
    const direct = await directChat();
    const page = await bobsPage(`/chat/${direct}`);
    await harbour.say(direct, harbour.ada, 'seen');
    await page.getByRole('log').getByText('seen').waitFor();
    await page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: true })`);
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await harbour.say(direct, harbour.ada, 'not seen');
    await expect.poll(() => page.title()).toBe('(1) ada · Shoal');
    await page.evaluate(`delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))`);
    await expect.poll(() => page.title()).toBe('ada · Shoal');
    expect(await harbour.leave()).toEqual([]);
  });

  it('is cleared from the app where nobody is signed in', async () => {
    const page = await bobsPage('/');
    await page.context().clearCookies();
    await page.goto('/auth');
    await expect.poll(() => badges(page)).toEqual([0]);
    expect(await harbour.leave()).toEqual([]);
  });
});
