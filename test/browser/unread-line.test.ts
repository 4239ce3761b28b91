import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { unreadNeighbourOf } from '../../src/adapters/browser/chats/chat-neighbours.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { box, Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open({ RATE_LIMITS: 'off' });
});
afterEach(async () => {
  expect(await harbour?.leave()).toEqual(hasNoBrowser ? undefined : []);
});
afterAll(async () => harbour?.close());

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `message ${from + index}`);

/** A chat in which Ada has read the first messages, and not the others. */
async function chatWith(read: number, unread: number): Promise<ChatId> {
  const chatId = await harbour.newChat();
  await harbour.say(chatId, harbour.bob, ...numbered(1, read));
  await markRead(chatId, read + 1);
  await harbour.say(chatId, harbour.bob, ...numbered(read + 1, read + unread));
  return chatId;
}

const markRead = (chatId: ChatId, position: number) =>
  harbour.server.app.useCases.markRead(harbour.ada.actor, { chatId, position: revision(position), version: undefined });

const unreadOf = async (chatId: ChatId) =>
  (await harbour.server.app.useCases.viewChatSummary(harbour.ada.actor, chatId)).reading.unread;

const line = (page: Page) => page.locator('.unread-line');
const pill = (page: Page) => page.getByRole('link', { name: /new messages: go to the first$/ });
const jump = (page: Page) => page.getByRole('button', { name: 'Jump to latest' });
const belowLine = (page: Page) => page.locator('.unread-line + article .message-text').innerText();
const scrollTo = (page: Page, top: number | string) =>
  page.evaluate(`document.querySelector('.log').scrollTop = ${top}`);

/** Whether the whole line is within the log. */
const isLineInSight = (page: Page) =>
  page.evaluate<boolean>(`(() => {
    const line = document.querySelector('.unread-line')?.getBoundingClientRect();
    const log = document.querySelector('.log').getBoundingClientRect();
    return line !== undefined && line.top >= log.top - 1 && line.bottom <= log.bottom + 1;
  })()`);

async function withoutScript(path: string): Promise<Page> {
  const context = await harbour.browser.newContext({
    baseURL: harbour.server.url,
    javaScriptEnabled: false,
    viewport: { width: 1280, height: 800 },
  });
  const [name = '', value = ''] = harbour.ada.cookie.split('=');
  await context.addCookies([{ name, value, url: harbour.server.url }]);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

describe.skipIf(hasNoBrowser)('the unread line', () => {
  it('has its count, and opening a chat with unread messages lands at it', async () => {
    const page = await harbour.enter(harbour.ada, await chatWith(30, 40));
    expect(await line(page).innerText()).toBe('40 new');
    expect(await belowLine(page)).toBe('message 31');
    expect(await isLineInSight(page)).toBe(true);
    expect(await pill(page).isVisible()).toBe(false);
    expect(await rows(page).filter({ hasText: 'message 30' }).isVisible()).toBe(true);
    await jump(page).waitFor();
  });

  it('leaves a reader at the end who sees all that is unread from there', async () => {
    const chatId = await chatWith(40, 3);
    const page = await harbour.enter(harbour.ada, chatId);
    expect(await line(page).innerText()).toBe('3 new');
    expect(await isLineInSight(page)).toBe(true);
    expect(await jump(page).isVisible()).toBe(false);
    await expect.poll(() => unreadOf(chatId)).toBe(0);
  });

  it.each([
    [80, '80 new'],
    [230, '99+ new'],
  ])('is loaded where it is further up than the page: %i unread messages', async (count, words) => {
    const page = await harbour.enter(harbour.ada, await chatWith(60, count));
    await expect.poll(() => isLineInSight(page)).toBe(true);
    expect(await line(page).innerText()).toBe(words);
    expect(await belowLine(page)).toBe('message 61');
    await rows(page).filter({ hasText: 'message 59' }).waitFor();
    await expect.poll(() => isLineInSight(page)).toBe(true);
  });

  it('has a pill that leads to it while it is out of sight, also where it is not loaded any more', async () => {
    const page = await harbour.enter(harbour.ada, await chatWith(60, 230));
    await expect.poll(() => isLineInSight(page)).toBe(true);
    await scrollTo(page, 1e6);
    await pill(page).waitFor();
    expect(await pill(page).innerText()).toMatch(/^99\+ new/);
    await pill(page).click();
    await expect.poll(() => isLineInSight(page)).toBe(true);
    await pill(page).waitFor({ state: 'hidden' });
    await jump(page).click();
    await rows(page).filter({ hasText: 'message 290' }).waitFor();
    expect(await line(page).count()).toBe(0);
    await pill(page).click();
    await expect.poll(() => isLineInSight(page)).toBe(true);
    expect(await belowLine(page)).toBe('message 61');
  });

  it('and its rows stay where they are when messages arrive', async () => {
    const chatId = await chatWith(30, 40);
    const page = await harbour.enter(harbour.ada, chatId);
    const top = () => line(page).evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    await harbour.say(chatId, harbour.bob, 'late', 'later');
    await page.getByRole('button', { name: '2 new messages' }).waitFor();
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
    expect(await line(page).innerText()).toBe('40 new');
  });

  it('goes by Escape, which marks the chat as read', async () => {
    const chatId = await chatWith(60, 80);
    const page = await harbour.enter(harbour.ada, chatId);
    await expect.poll(() => isLineInSight(page)).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => line(page).count()).toBe(0);
    expect(await pill(page).isVisible()).toBe(false);
    await expect.poll(() => unreadOf(chatId)).toBe(0);
  });

  it('is on the page without script, which opens at it, marks as read and leads to a line further up', async () => {
    const chatId = await chatWith(30, 40);
    const page = await withoutScript(`/chat/${chatId}`);
    expect(await line(page).innerText()).toBe('40 new');
    await expect.poll(() => isLineInSight(page)).toBe(true);
    await page.getByRole('button', { name: 'Mark as read' }).click();
    await page.waitForURL(`**/chat/${chatId}`);
    await expect.poll(() => unreadOf(chatId)).toBe(0);
    await expect.poll(() => line(page).count()).toBe(0);

    const far = await chatWith(60, 80);
    await page.goto(`/chat/${far}`);
    expect(await line(page).count()).toBe(0);
    await pill(page).click();
    await expect.poll(() => isLineInSight(page)).toBe(true);
    expect(await belowLine(page)).toBe('message 61');
    await page.context().close();
  });

  it('is where a page without script opens, also when the page arrives in parts', async () => {
    const chatId = await chatWith(1, 0);
    // Texts that cannot be compressed much.
    const words = (k: number) =>
      Array.from({ length: 800 }, (_, n) => ((n * 7_919 + k * 104_729) % 999_983).toString(36));
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 40 }, (_, k) => words(k).join(' ')));
    const page = await withoutScript('/status');
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    const slow = { offline: false, latency: 1, downloadThroughput: 100_000, uploadThroughput: 100_000 };
    await client.send('Network.emulateNetworkConditions', slow);
    await page.goto(`/chat/${chatId}`);
    await expect.poll(() => isLineInSight(page)).toBe(true);
    await page.context().close();
  });
});

describe.skipIf(hasNoBrowser)('reading', () => {
  it('goes forward over rows that were on screen, and over none that the reader has jumped over', async () => {
    const chatId = await chatWith(30, 48);
    const page = await harbour.enter(harbour.ada, chatId);
    await expect.poll(() => unreadOf(chatId)).toBeLessThan(48);
    await jump(page).click();
    await jump(page).waitFor({ state: 'hidden' });
    const left = await unreadOf(chatId);
    await harbour.say(chatId, harbour.bob, 'at the end');
    await rows(page).filter({ hasText: 'at the end' }).waitFor();
    await expect.poll(() => unreadOf(chatId)).toBe(left + 1);

    await pill(page).click();
    await expect.poll(() => isLineInSight(page)).toBe(true);
    // As a wheel does: what is in sight after a turn overlaps with what was in sight before.
    await page.evaluate(`new Promise((arrived) => {
      const log = document.querySelector('.log');
      const turn = () => {
        const before = log.scrollTop;
        log.scrollTop += 200;
        if (log.scrollTop === before) arrived();
        else requestAnimationFrame(turn);
      };
      turn();
    })`);
    await expect.poll(() => unreadOf(chatId), { timeout: 5_000 }).toBe(0);
  });
});

describe.skipIf(hasNoBrowser)('mark unread from here', () => {
  const badge = (page: Page, chatId: ChatId) => page.locator(`[data-chat="${chatId}"] .card-unread`).innerText();

  it('by the menu of a message and by U, puts the line above it and a badge on every device', async () => {
    const chatId = await chatWith(6, 0);
    const [here, there] = [await harbour.enter(harbour.ada, chatId), await harbour.enter(harbour.ada, chatId)];
    expect(await line(here).count()).toBe(0);
    await rows(here).filter({ hasText: 'message 4' }).hover();
    await here.getByRole('button', { name: 'More actions' }).click();
    await here.getByRole('button', { name: 'Mark unread from here' }).click();
    await expect.poll(() => belowLine(here)).toBe('message 4');
    expect(await line(here).innerText()).toBe('3 new');
    for (const page of [here, there]) await expect.poll(() => badge(page, chatId)).toMatch(/^3/);

    await rows(here).filter({ hasText: 'message 2' }).hover();
    await here.getByRole('toolbar', { name: 'Message actions' }).waitFor();
    await here.keyboard.press('u');
    await expect.poll(() => belowLine(here)).toBe('message 2');
    for (const page of [here, there]) await expect.poll(() => badge(page, chatId)).toMatch(/^5/);
    await here.keyboard.press('Escape');
    await expect.poll(() => unreadOf(chatId)).toBe(0);
    await expect.poll(() => line(here).count()).toBe(0);
  });

  it('by the sheet of a touch screen', async () => {
    const chatId = await chatWith(4, 0);
    const { page, context } = await harbour.enterByPhone(harbour.ada, chatId);
    await rows(page).filter({ hasText: 'message 3' }).locator('.bubble > a').dispatchEvent('click');
    await page.getByRole('button', { name: 'Mark unread from here' }).tap();
    await expect.poll(() => belowLine(page)).toBe('message 3');
    expect(await unreadOf(chatId)).toBe(2);
    await context.close();
  });

  it('by the page of a message without script', async () => {
    const chatId = await chatWith(5, 0);
    const page = await withoutScript(`/chat/${chatId}/messages/4`);
    await page.getByRole('button', { name: 'Mark unread from here' }).click();
    await expect.poll(() => line(page).innerText()).toBe('3 new');
    expect(await belowLine(page)).toBe('message 3');
    await page.context().close();
  });
});

describe.skipIf(hasNoBrowser)('a chat emptied by deletion', () => {
  it('has nothing unread, loses its badge, and can be marked as read', async () => {
    const chatId = await chatWith(1, 2);
    const { page: list } = await harbour.visit(harbour.ada, '/');
    const badge = () => list.locator(`[data-chat="${chatId}"] .card-unread`).innerText();
    await expect.poll(badge).toMatch(/^2/);
    for (const position of [2, 3, 4]) {
      await harbour.server.app.useCases.deleteMessage(harbour.bob.actor, { chatId, position: revision(position) });
    }
    await expect.poll(badge).toBe('');
    const page = await harbour.enter(harbour.ada, chatId);
    expect(await line(page).count()).toBe(0);
    await page.keyboard.press('Escape');
    const pointer = async () =>
      (await harbour.server.app.useCases.viewChatSummary(harbour.ada.actor, chatId)).reading.pointer.position;
    await expect.poll(pointer).toBeGreaterThanOrEqual(4);
  });
});

describe.skipIf(hasNoBrowser)('Alt+Shift+arrows', () => {
  it('go to the next unread chat in their direction', async () => {
    const [low, middle, high] = [await chatWith(1, 1), await chatWith(1, 0), await chatWith(1, 2)];
    const page = await harbour.enter(harbour.ada, middle);
    await box(page).focus();
    await page.keyboard.press('Alt+Shift+ArrowUp');
    await page.waitForURL(`**/chat/${high}`);
    await expect.poll(() => unreadOf(high)).toBe(0);
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await page.waitForURL(`**/chat/${low}`);
    await expect.poll(() => unreadOf(low)).toBe(0);
  });

  it('go on from the other end of the list, and stay where nothing else is unread', () => {
    const listed = (name: string, isUnread: boolean) => ({ name, href: name, isCurrent: name === 'here', isUnread });
    const links = [listed('a', true), listed('b', false), listed('here', true), listed('c', false)];
    expect(unreadNeighbourOf(links, 1)?.name).toBe('a');
    expect(unreadNeighbourOf(links, -1)?.name).toBe('a');
    expect(unreadNeighbourOf(links.slice(1), 1)).toBeUndefined();
    expect(unreadNeighbourOf([listed('a', true), listed('b', true)], -1)?.name).toBe('b');
  });
});
