import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
import { connected, goOffline, Harbour, OFFLINE, rows, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave(OFFLINE)).toEqual([]);
});
afterAll(() => harbour?.close());

/**
 * Hears what assistive technology is told of: each message that is added to the log, or added to or shown again within a message, while
 * that is live, polite and not busy. It looks again somewhat later, as browsers do.
 */
const LISTEN = `
  globalThis.heardInLog = [];
  globalThis.heardWhole = [];
  const log = document.querySelector('[role="log"]');
  // The nearest element that says so decides.
  const isLive = (parent) => parent.closest('[aria-live], [role="log"]').ariaLive !== 'off' && !parent.closest('[aria-busy="true"]');
  const spoken = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.ariaHidden === 'true' || !node.checkVisibility()) return '';
    return [...node.childNodes].map(spoken).join(' ');
  };
  const hear = (node, parent) => {
    const wasLive = isLive(parent);
    setTimeout(() => {
      if (!node.isConnected || !(wasLive || isLive(parent))) return;
      const whole = spoken(node).replace(/\\s+/g, ' ').trim();
      if (whole === '') return;
      heardWhole.push(whole);
      heardInLog.push(node.querySelector?.('.message-text')?.textContent ?? whole);
    }, 20);
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'attributes') hear(target, target.parentElement);
      else for (const node of addedNodes) if (node.matches?.('article') || target.closest('article')) hear(node, target);
    }
  }).observe(log.querySelector('.log-rows'), { childList: true, subtree: true, attributeFilter: ['hidden', 'aria-hidden'] });
`;

const heardInLog = (page: Page): Promise<readonly string[]> => page.evaluate('heardInLog');
const heardWhole = (page: Page): Promise<readonly string[]> => page.evaluate('heardWhole');

describe.skipIf(hasNoBrowser)('the log', () => {
  it('announces each new message once, the own ones included, and history never', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 130 }, (_, index) => `Old ${index}`));
    await harbour.read(chatId, harbour.ada);
    const page = await harbour.enter(harbour.ada, chatId);
    const log = page.getByRole('log');
    expect(await log.getAttribute('aria-relevant')).toBe('additions');
    expect(await log.getAttribute('aria-atomic')).not.toBe('true');
    await page.evaluate(LISTEN);

    await harbour.say(chatId, harbour.bob, 'News');
    await rows(page).filter({ hasText: 'News' }).waitFor();
    await type(page, 'My own');
    await page.locator('article[data-position="133"]').waitFor();
    await expect.poll(() => heardInLog(page)).toEqual(['News', 'My own']);

    for (const oldest of ['Old 40', 'Old 0']) {
      await log.evaluate((element) => element.scrollTo(0, 0));
      await rows(page)
        .filter({ hasText: new RegExp(`${oldest}\\D`) })
        .waitFor();
    }
    await expect.poll(() => log.getAttribute('aria-busy')).toBeNull();
    await harbour.say(chatId, harbour.bob, 'More news');
    await rows(page).filter({ hasText: 'More news' }).waitFor({ state: 'attached' });
    await expect.poll(() => heardInLog(page)).toEqual(['News', 'My own', 'More news']);
  });

  it('announces of a message its author, its text and its time, and none of what can be done with it', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await page.evaluate(LISTEN);
    await harbour.say(chatId, harbour.bob, 'Plain', 'With `code`', `Long${'\n.'.repeat(20)}`);
    await rows(page).filter({ hasText: 'Long' }).waitFor();
    await type(page, 'My own');
    const own = page.locator('article[data-position="5"]');
    for (const row of [rows(page).filter({ hasText: 'Plain' }), own]) {
      await row.getByRole('link', { name: 'More' }).waitFor();
    }
    expect(await own.getByRole('link', { name: 'More' }).getAttribute('href')).toBe(`/chat/${chatId}/messages/5`);
    await rows(page).filter({ hasText: 'Long' }).getByRole('button', { name: 'Show more' }).waitFor();
    const time = String.raw`\d+:\d\d\s[AP]M`;
    const expected = ['bob Plain', 'bob With .?code.?', `bob Long(?: \\.)+`, 'ada My own'];
    expect((await heardWhole(page)).map((whole) => whole.replace(/\s+/g, ' '))).toEqual(
      expected.map((words) => expect.stringMatching(new RegExp(`^${words} ${time}$`))),
    );
  });

  it('announces no edit, deletion, pin or reaction as a new message, live or by a resume', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.ada, 'Mine', 'Mine too', 'Another', 'The last');
    const page = await harbour.enter(harbour.ada, chatId);
    await page.evaluate(LISTEN);
    const { editMessage, deleteMessage, reactToMessage, setPin } = harbour.server.app.useCases;
    const at = (position: number) => ({ chatId, position: revision(position) });
    await reactToMessage(harbour.bob.actor, { ...at(2), emoji: '👍', on: true });
    await page.getByRole('button', { name: '👍 1 bob' }).waitFor();
    await editMessage(harbour.ada.actor, { ...at(2), text: 'Edited', base: revision(6) });
    await rows(page).filter({ hasText: 'Edited' }).waitFor();
    // Also when it comes together with a change.
    await setPin(harbour.bob.actor, { ...at(3), on: true });
    await expect.poll(() => heardInLog(page)).toEqual(['bob pinned a message']);

    await goOffline(page);
    await reactToMessage(harbour.bob.actor, { ...at(3), emoji: '❤️', on: true });
    await deleteMessage(harbour.ada.actor, at(4));
    await harbour.say(chatId, harbour.bob, 'Meanwhile');
    await reactToMessage(harbour.bob.actor, { ...at(12), emoji: '👍', on: true });
    await page.context().setOffline(false);
    await rows(page).filter({ hasText: 'Meanwhile' }).waitFor();
    await page.getByRole('button', { name: '❤️ 1 bob' }).waitFor();
    await rows(page).filter({ hasText: 'Meanwhile' }).getByRole('link', { name: 'More' }).waitFor();
    // It came in silence, and is announced at the end of that.
    await expect.poll(() => heardInLog(page)).toEqual(['bob pinned a message', 'Meanwhile']);
    expect((await heardWhole(page)).at(-1)).toMatch(/^bob Meanwhile \d+:\d\d\s[AP]M$/);
  });

  it('says nothing of what it shows when the page is opened, and nothing twice after a lost connection', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'Before');
    const { page } = await harbour.visit(harbour.ada, `/chat/${chatId}`);
    await page.evaluate(LISTEN);
    await connected(page);
    expect(await heardInLog(page)).toEqual([]);
    await goOffline(page);
    await type(page, 'Written offline');
    await harbour.say(chatId, harbour.bob, 'Meanwhile');
    await page.context().setOffline(false);
    await page.locator('article[data-position="4"]').waitFor();
    await expect.poll(async () => (await heardInLog(page)).toSorted()).toEqual(['Meanwhile', 'Written offline']);
  });

  it('leaves the connection and what goes wrong to regions of their own', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    const regions = await page
      .locator('main [role="status"], main [role="alert"], main [aria-live]')
      .evaluateAll((all) => all.filter((region) => region.closest('[role="log"]') === null).length);
    expect(regions).toBeGreaterThan(1);
    expect(await page.locator('[role="log"] [role="status"]').count()).toBe(0);
  });
});
