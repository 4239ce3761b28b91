import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TcpProxy } from '../tcp-proxy.ts';
import { box, connected, goOffline, Harbour, OFFLINE, rows, stopClock, texts, type } from './harbour.ts';
import { hasNoBrowser, visit } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const banner = (page: Page) => page.locator('[data-banner]');

/** As the page sees it when the reader goes to another tab, and comes back. */
const hide = (page: Page, isHidden: boolean) =>
  page.evaluate(`{
    Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
    Object.defineProperty(document, 'visibilityState', { value: '${isHidden ? 'hidden' : 'visible'}', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }`);

describe.skipIf(hasNoBrowser)('a connection', () => {
  it('is shown only when something is wrong, and said to assistive technology in any case', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      const status = page.getByRole('status').filter({ hasText: 'Connected' });
      expect(await status.boundingBox()).toMatchObject({ width: 1, height: 1 });
      expect(await page.locator('.chat-facts').innerText()).toBe('2 members · 1 online');
      expect(await banner(page).isVisible()).toBe(false);
    }
    await goOffline(page);
    await banner(page).filter({ hasText: 'You are offline' }).waitFor();
    expect(await page.getByText('1 online').isVisible()).toBe(false);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it.each([
    ['', 'in the middle'],
    ['/at/30', 'at a message'],
  ])('speaks in a strip of 28 px between header and log, for which no row moves: %s %s', async (path) => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 49 }, (_, n) => `message ${n + 2}`));
    await harbour.read(chatId, harbour.ada);
    const page = await harbour.enter(harbour.ada, chatId, path);
    if (path === '') await page.evaluate('document.querySelector(".log").scrollTop = 500');
    const places = () =>
      page.evaluate<{ row: number; strip: number; header: number; begin: number; end: number; log: number }>(`(() => {
        const of = (selector) => document.querySelector(selector).getBoundingClientRect();
        const [strip, log, header] = [of('[data-banner]'), of('.log'), of('.chat-header')];
        const row = of('[data-position="30"]').top;
        return { row, strip: strip.height, begin: strip.top, header: header.bottom, end: strip.bottom, log: log.top };
      })()`);
    const { row } = await places();
    await goOffline(page);
    await banner(page).waitFor();
    await expect.poll(async () => Math.abs((await places()).row - row)).toBeLessThanOrEqual(1);
    const { strip, begin, header, end, log } = await places();
    expect([strip, begin, log]).toEqual([28, header, end]);
    await page.context().setOffline(false);
    await banner(page).waitFor({ state: 'hidden' });
    await expect.poll(async () => Math.abs((await places()).row - row)).toBeLessThanOrEqual(1);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('that is lost is mentioned after two seconds, and no more once it is back at once', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await stopClock(page);
    await goOffline(page);
    await page.clock.runFor(1_900);
    expect(await banner(page).isVisible()).toBe(false);
    await page.clock.runFor(200);
    await banner(page).filter({ hasText: 'You are offline' }).waitFor();
    expect(await page.locator('[data-connected]').isVisible()).toBe(false);
    expect(await page.getByRole('status').filter({ hasText: 'Offline' }).count()).toBe(1);
    await type(page, 'kept');
    await harbour.say(chatId, harbour.bob, 'missed');

    // No waiting for the next attempt: the browser says that it is online.
    await page.context().setOffline(false);
    await connected(page);
    expect(await banner(page).isVisible()).toBe(false);
    await page.clock.runFor(100);
    await page.locator('article[data-position="3"]').waitFor();
    await expect.poll(() => texts(page)).toEqual(['missed', 'kept']);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('is made anew when the reader comes back after long, and everything is there without a reload', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await page.addInitScript(`{
      const { addEventListener } = WebSocket.prototype;
      const { now } = Date;
      globalThis.deaf = new WeakSet();
      WebSocket.prototype.addEventListener = function (type, listener) {
        globalThis.socket = this;
        addEventListener.call(this, type, (event) => deaf.has(this) || listener(event));
      };
      globalThis.sleep = (ms) => {
        Date.now = () => now() + ms;
        deaf.add(socket);
      };
    }`);
    await page.reload();
    await connected(page);
    await page.evaluate('globalThis.isSamePage = true');
    await hide(page, true);
    // While the machine sleeps, the socket is open in name only: what is sent to it is lost.
    await page.evaluate('sleep(3_600_000)');
    await harbour.say(chatId, harbour.bob, 'while you slept');
    const reconnected = page.waitForEvent('websocket');
    await hide(page, false);
    await reconnected;
    await rows(page).filter({ hasText: 'while you slept' }).waitFor();
    expect(await texts(page)).toEqual(['while you slept']);
    expect(await page.evaluate('isSamePage')).toBe(true);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is noticed to be open in name only within seconds, when the network says that it is back', async () => {
    const chatId = await harbour.newChat();
    const proxy = await TcpProxy.start(Number(new URL(harbour.server.url).port));
    const { page, context } = await visit(harbour.browser, proxy.urlOf(harbour.server.url), harbour.ada.cookie);
    await page.clock.install();
    await page.goto(`/chat/${chatId}`);
    await connected(page);
    proxy.isMute = true;
    await harbour.say(chatId, harbour.bob, 'unheard');
    await page.evaluate('dispatchEvent(new Event("online"))');
    await page.clock.runFor(5_000);
    await page.clock.runFor(2_500);
    await banner(page).filter({ hasText: 'Reconnecting' }).waitFor();
    proxy.isMute = false;
    await page.evaluate('dispatchEvent(new Event("online"))');
    await rows(page).filter({ hasText: 'unheard' }).waitFor();
    expect(await banner(page).isVisible()).toBe(false);
    await context.close();
    await proxy.close();
  });

  it('ends with a plain sentence when the session does, and is not tried again', async () => {
    const chatId = await harbour.newChat();
    const person = await harbour.server.person('ada');
    const page = await harbour.enter(person, chatId);
    await box(page).fill('half a thought');
    await harbour.server.app.useCases.signOut(person.actor);
    await banner(page).filter({ hasText: 'You are signed out. Sign in' }).waitFor();
    expect(await banner(page).getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe(
      `/auth?next=${encodeURIComponent(`/chat/${chatId}`)}`,
    );
    expect(await box(page).inputValue()).toBe('half a thought');
    let attempts = 0;
    page.on('websocket', () => {
      attempts += 1;
    });
    await hide(page, true);
    await hide(page, false);
    await page.evaluate('dispatchEvent(new Event("online"))');
    expect(attempts).toBe(0);
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });
});

describe.skipIf(hasNoBrowser)('a tab too many', () => {
  it('says what to do, and is connected once there is room', async () => {
    const narrow = await Harbour.open({ RATE_LIMITS: 'on', LIMIT_SOCKETS_PER_USER: '1' });
    try {
      const chatId = await narrow.newChat();
      const { page, context } = await narrow.visit(narrow.ada, `/chat/${chatId}`);
      await connected(page);
      const second = await context.newPage();
      // The first attempts follow each other at once.
      await second.addInitScript('Math.random = () => 0');
      await second.goto(`/chat/${chatId}`);
      await banner(second).filter({ hasText: 'close some' }).waitFor();
      expect(await second.getByRole('status').filter({ hasText: 'Not connected' }).count()).toBe(1);
      expect(await second.locator('dialog[open]').count()).toBe(0);
      await type(second, 'is there room?');

      await page.close();
      await expect.poll(() => narrow.server.connectedClients()).toBe(0);
      // It would be tried again within half a minute; on coming back to the tab it is at once.
      await hide(second, true);
      await hide(second, false);
      await connected(second);
      await banner(second).waitFor({ state: 'hidden' });
      await second.locator('article:not([data-state])').filter({ hasText: 'is there room?' }).waitFor();
      expect(await narrow.leave(/a new page/)).toEqual([]);
    } finally {
      await narrow.close();
    }
  });
});
