import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { box, Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const LINK = `https://example.org/${'a-long-way/'.repeat(20)}`;
const LONG = [`See ${LINK}.`, 'x'.repeat(400), 'שלום '.repeat(60), 'a word '.repeat(60)];

describe.skipIf(hasNoBrowser)('a row', () => {
  it.each([320, 768, 1280])('stays within the log however long its words are, at %i px', async (width) => {
    const chatId = await harbour.newChat();
    for (const person of [harbour.ada, harbour.bob]) await harbour.say(chatId, person, ...LONG);
    const { page } = await harbour.visit(harbour.ada, '/');
    await page.setViewportSize({ width, height: 700 });
    await page.goto(`/chat/${chatId}`);
    const inner = await page.evaluate<number>(`document.querySelector('.log-rows').getBoundingClientRect().right`);
    const rights = await page
      .locator('.message-text')
      .evaluateAll((all) => all.map((text) => text.getBoundingClientRect().right));
    expect(Math.max(...rights)).toBeLessThanOrEqual(inner + 1);
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    expect(
      await page.evaluate<boolean>('((log) => log.scrollWidth > log.clientWidth)(document.querySelector(".log"))'),
    ).toBe(false);
    expect(await harbour.leave()).toEqual([]);
  });

  it('XS-3: has links to the web that tell nothing of here, the same live as from the server', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await harbour.say(chatId, harbour.bob, `Look: ${LINK}, not javascript:alert(1)`);
    const row = rows(page).filter({ hasText: 'Look:' });
    const links = row.locator('.message-text').getByRole('link');
    // The text is shown as it was written until what formats it is loaded.
    await links.waitFor();
    const live = await row.locator('.message-text').innerHTML();
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute('href')).toBe(LINK);
    expect(await links.getAttribute('rel')).toBe('noopener nofollow');
    await page.reload();
    expect(await row.locator('.message-text').innerHTML()).toBe(live);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is an article named by its author and time, with the whole date on the time', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'first', 'second', '🐟');
    const page = await harbour.enter(harbour.ada, chatId);
    const time = await rows(page).last().locator('time').textContent();
    expect(await page.getByRole('article', { name: `bob ${time}` }).count()).toBe(3);
    expect(await rows(page).last().locator('time').getAttribute('title')).toMatch(/\d{4}/);
    expect(await page.locator('article.emoji-only').count()).toBe(1);
    expect(await harbour.leave()).toEqual([]);
  });

  it.each([390, 1280])(
    'shows its time at the end of its bubble, also under the header of another one, at %i px',
    async (width) => {
      const chatId = await harbour.newChat();
      for (const person of [harbour.ada, harbour.bob]) await harbour.say(chatId, person, 'one', ...LONG, 'the last');
      const page = await harbour.enter(harbour.ada, chatId);
      await page.setViewportSize({ width, height: 700 });
      const times = await page.locator('.bubble time').evaluateAll((all) =>
        all.map((time) => {
          const [inner, outer] = [time, time.parentElement ?? time].map((element) => element.getBoundingClientRect());
          const isWithin = inner && outer && inner.left >= outer.left && inner.right <= outer.right;
          return isWithin && inner.bottom <= outer.bottom && inner.bottom > outer.bottom - 24 && time.checkVisibility();
        }),
      );
      expect(await page.locator('article.continued').count()).toBeGreaterThan(8);
      expect(times).toEqual(times.map(() => true));
      expect(times).toHaveLength(12);
      // A right-to-left paragraph ends at its left.
      const [start, middle] = await page.evaluate<readonly number[]>(`(() => {
      const bubble = [...document.querySelectorAll('.bubble')].find(({ textContent }) => textContent.includes('שלום'));
      const [time, box] = [bubble.querySelector('time'), bubble].map((element) => element.getBoundingClientRect());
      return [time.left, (box.left + box.right) / 2];
    })()`);
      expect(start).toBeLessThan(middle ?? 0);
      expect(await page.evaluate(`getComputedStyle(document.querySelector('.bubble time')).unicodeBidi`)).toBe(
        'plaintext',
      );
      expect(await harbour.leave()).toEqual([]);
    },
  );

  it('is written on a touch screen with Enter as a new line', async () => {
    const chatId = await harbour.newChat();
    const context = await harbour.browser.newContext({
      baseURL: harbour.server.url,
      viewport: { width: 375, height: 700 },
      hasTouch: true,
      isMobile: true,
    });
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto(`/chat/${chatId}`);
    await box(page).tap();
    await page.keyboard.type('one');
    await page.keyboard.press('Enter');
    await page.keyboard.type('two');
    expect(await box(page).inputValue()).toBe('one\ntwo');
    await page.getByRole('button', { name: 'Send' }).tap();
    await rows(page).filter({ hasText: 'two' }).waitFor();
    expect(await box(page).inputValue()).toBe('');
    await context.close();
  });
});
