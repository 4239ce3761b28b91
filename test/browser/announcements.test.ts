import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
 * Hears what assistive technology is told of: each element that is added to the log while the log is live, polite and not
 * busy. It looks again somewhat later, as browsers do.
 */
const LISTEN = `
  globalThis.heardInLog = [];
  const log = document.querySelector('[role="log"]');
  const isLive = () => log.ariaLive !== 'off' && log.ariaBusy !== 'true';
  new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node.matches?.('article'));
    const wasLive = isLive();
    setTimeout(() => {
      for (const article of added) {
        if (wasLive || isLive()) heardInLog.push(article.querySelector('.message-text').textContent);
      }
    }, 20);
  }).observe(log, { childList: true, subtree: true });
`;

const heardInLog = (page: Page): Promise<readonly string[]> => page.evaluate('heardInLog');

describe.skipIf(hasNoBrowser)('the log', () => {
  it('announces each new message once, the own ones included, and history never', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 130 }, (_, index) => `Old ${index}`));
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
