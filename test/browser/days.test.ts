import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW } from '../builders.ts';
import { DAY } from '../fakes.ts';
import { connected, Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

const MINUTE = 60_000;
/** 23:58 at the reader's, who is two hours ahead of the server. */
const TWO_MINUTES_TO_MIDNIGHT = new Date(NOW - (NOW % DAY) + DAY - 122 * MINUTE);

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const headings = (page: Page) => page.getByRole('log').getByRole('heading', { level: 2 }).allInnerTexts();

/** Sets both clocks, and reads where it is two hours later than at the server; `travel` goes elsewhere. */
async function abroad() {
  harbour.clock.advance(TWO_MINUTES_TO_MIDNIGHT.getTime() - harbour.clock.now());
  const context = await harbour.browser.newContext({ baseURL: harbour.server.url });
  const person = await harbour.server.person('ada');
  const [name = '', value = ''] = person.cookie.split('=');
  await context.addCookies([{ name, value, url: harbour.server.url }]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const travel = (timezoneId: string) => devtools.send('Emulation.setTimezoneOverride', { timezoneId });
  await travel('Etc/GMT-2');
  await page.clock.install({ time: TWO_MINUTES_TO_MIDNIGHT });
  return { page, travel };
}

describe.skipIf(hasNoBrowser)('days', () => {
  it('are those of the reader, and roll over at midnight untouched', async () => {
    const { page } = await abroad();
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'before midnight');
    await page.goto(`/chat/${chatId}`);
    await connected(page);
    expect(await headings(page)).toEqual(['Today']);
    expect(await rows(page).filter({ hasText: 'before midnight' }).locator('time').innerText()).toMatch(/58/);

    await page.clock.fastForward(3 * MINUTE);
    await expect.poll(() => headings(page)).toEqual(['Yesterday']);
    harbour.clock.advance(3 * MINUTE);
    await harbour.say(chatId, harbour.bob, 'after midnight');
    await page.clock.runFor(100);
    await rows(page).filter({ hasText: 'after midnight' }).waitFor();
    expect(await headings(page)).toEqual(['Yesterday', 'Today']);
    expect(await page.locator('article.continued').count()).toBe(0);
    await page.context().close();
  });

  it('and times follow a changed time zone once the page is looked at again', async () => {
    const { page, travel } = await abroad();
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'before midnight');
    harbour.clock.advance(4 * MINUTE);
    await harbour.say(chatId, harbour.bob, 'after midnight');
    await page.clock.setFixedTime(new Date(harbour.clock.now()));
    await page.goto(`/chat/${chatId}`);
    await connected(page);
    const timeOf = (text: string) => rows(page).filter({ hasText: text }).locator('time').innerText();
    expect(await headings(page)).toEqual(['Yesterday', 'Today']);
    expect(await timeOf('before midnight')).toMatch(/58/);
    expect(await timeOf('after midnight')).toMatch(/02/);

    await travel('Asia/Kathmandu');
    await page.evaluate(`dispatchEvent(new Event('focus'))`);
    expect(await headings(page)).toEqual(['Today']);
    expect(await timeOf('before midnight')).toMatch(/43/);
    expect(await timeOf('after midnight')).toMatch(/47/);
    await travel('Etc/UTC');
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    expect(await timeOf('before midnight')).toMatch(/58/);
    await page.context().close();
  });

  it('and headers are shared by what one person says within five minutes', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'one');
    harbour.clock.advance(4 * MINUTE);
    await harbour.say(chatId, harbour.bob, 'two');
    await harbour.say(chatId, harbour.ada, 'three');
    await harbour.say(chatId, harbour.bob, 'four');
    harbour.clock.advance(6 * MINUTE);
    await harbour.say(chatId, harbour.bob, 'five');
    const page = await harbour.enter(harbour.ada, chatId);
    await harbour.say(chatId, harbour.bob, 'six');
    await rows(page).filter({ hasText: 'six' }).waitFor();
    const continued = () => page.locator('article.continued .message-text').allInnerTexts();
    expect(await continued()).toEqual(['two', 'six']);
    // Until the server knows that it was read, the next page has a line above it.
    const { viewChatSummary } = harbour.server.app.useCases;
    await expect.poll(async () => (await viewChatSummary(harbour.ada.actor, chatId)).reading.unread).toBe(0);
    await page.reload();
    expect(await continued()).toEqual(['two', 'six']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('come from the server as days of UTC, for who has no script', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'quiet');
    const context = await harbour.browser.newContext({ baseURL: harbour.server.url, javaScriptEnabled: false });
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto(`/chat/${chatId}`);
    const calendar = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
    expect(await headings(page)).toEqual([calendar.format(harbour.clock.now())]);
    expect(await page.locator('article time').last().innerText()).toMatch(/^\d\d:\d\d UTC$/);
    await context.close();
  });
});
