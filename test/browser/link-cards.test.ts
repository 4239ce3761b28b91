import type { ServerResponse } from 'node:http';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGE_GUARD } from '../../src/composition/tokens.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { siteGuard, TestSite } from '../web-pages/loopback.ts';
import { connected, Harbour, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';
import { PAYLOADS } from './xss-payloads.ts';

let harbour: Harbour;
let site: TestSite;
beforeAll(async () => {
  if (hasNoBrowser) return;
  site = await TestSite.start();
  harbour = await Harbour.open({}, (wiring) => wiring.bind(PAGE_GUARD, () => siteGuard()));
});
afterAll(async () => {
  await harbour?.close();
  await site?.close();
});

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('\0', '');

const head = (facts: Readonly<Record<string, string>>): string =>
  Object.entries(facts)
    .map(([name, content]) => `<meta property="og:${name}" content="${escaped(content)}">`)
    .join('');

/** A page that answers when it is told to. */
function slowPage(path: string) {
  const asked = Promise.withResolvers<ServerResponse>();
  const href = site.at(path, asked.resolve);
  const answer = async () => {
    const html = head({ title: 'Late', description: 'words '.repeat(40) });
    (await asked.promise).writeHead(200, { 'Content-Type': 'text/html' }).end(html);
  };
  return { href, answer };
}

const LOG = 'document.querySelector("[role=log]")';
const HIDDEN = 'document.querySelector(".link-card").hidden';

const card = (page: Page) => page.locator('.link-card');
const row = (page: Page, position: number) => page.locator(`article[data-position="${position}"]`);
const topOf = async (page: Page, position: number) => (await row(page, position).boundingBox())?.y;
const stored = (chatId: ChatId, position: number) =>
  harbour.server.app.useCases.viewMessage(harbour.ada.actor, { chatId, position: position as never });

describe.skipIf(hasNoBrowser)('a link card', () => {
  it('comes under the message with its image, is the same after a reload, and its author removes it', async () => {
    const image = await sharp({ create: { width: 600, height: 300, channels: 3, background: '#3a8' } })
      .png()
      .toBuffer();
    site.at('/i.png', (response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(image));
    const facts = { title: 'All tides', description: 'High and low.', site_name: 'Almanac', image: '/i.png' };
    const href = site.page('/tides', head(facts));
    const chatId = await harbour.newChat();
    const [ada, bob] = [await harbour.enter(harbour.ada, chatId), await harbour.enter(harbour.bob, chatId)];
    await type(ada, `see ${href}`);
    for (const page of [ada, bob]) {
      await card(page).waitFor();
      expect(await card(page).innerText()).toContain('All tides');
      expect(await card(page).getByRole('link').getAttribute('rel')).toBe('noopener nofollow');
      await expect.poll(() => page.evaluate('document.querySelector(".link-card img").naturalWidth')).toBe(600);
    }
    expect(await bob.getByRole('button', { name: 'Remove preview' }).count()).toBe(0);
    const html = 'document.querySelector(".link-card").outerHTML';
    const live = await bob.evaluate(html);
    await bob.reload();
    expect(await bob.evaluate(html)).toBe(live);
    await connected(bob);
    await ada.getByRole('button', { name: 'Remove preview' }).click();
    for (const page of [ada, bob]) await card(page).waitFor({ state: 'detached' });
    await ada.reload();
    expect([await card(ada).count(), new URL(ada.url()).pathname]).toEqual([0, `/chat/${chatId}`]);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is removed by a form without script', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.ada, `see ${site.page('/form', head({ title: 'A form' }))}`);
    await expect.poll(() => stored(chatId, 2)).toMatchObject({ card: { title: 'A form' } });
    const context = await harbour.browser.newContext({ baseURL: harbour.server.url, javaScriptEnabled: false });
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto(`/chat/${chatId}`);
    await card(page).getByRole('button', { name: 'Remove preview' }).click();
    await page.waitForURL('**/at/2');
    expect(await card(page).count()).toBe(0);
    await context.close();
  });

  it('moves nothing that is read: it waits until its message is out of sight', async () => {
    const chatId = await harbour.newChat();
    const { href, answer } = slowPage('/slow');
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 20 }, (_, n) => `before ${n}`));
    await harbour.say(chatId, harbour.bob, `see ${href}`);
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 40 }, (_, n) => `after ${n}`));
    const page = await harbour.enter(harbour.ada, chatId, '/at/22');
    await row(page, 22).and(page.locator('[aria-current]')).waitFor();
    const places = await Promise.all([20, 21, 22, 23, 24].map((position) => topOf(page, position)));
    await answer();
    await row(page, 22).locator('.link-card').waitFor({ state: 'attached' });
    expect(await Promise.all([20, 21, 22, 23, 24].map((position) => topOf(page, position)))).toEqual(places);
    expect(await card(page).isVisible()).toBe(false);

    await page.evaluate(`${LOG}.scrollTop = ${LOG}.scrollHeight`);
    await expect.poll(() => page.evaluate(HIDDEN)).toBe(false);
    await row(page, 22).scrollIntoViewIfNeeded();
    expect(await card(page).isVisible()).toBe(true);
    expect(await harbour.leave()).toEqual([]);
  });

  it('above what is read grows upwards, and at the end of the chat the end is followed', async () => {
    const chatId = await harbour.newChat();
    const [above, last] = [slowPage('/above'), slowPage('/last')];
    await harbour.say(chatId, harbour.bob, `see ${above.href}`);
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 60 }, (_, n) => `after ${n}`));
    const page = await harbour.enter(harbour.ada, chatId, '/at/30');
    await row(page, 30).and(page.locator('[aria-current]')).waitFor();
    // Loads the beginning of the chat above what is read.
    await page.evaluate(`${LOG}.scrollTop = 0`);
    await row(page, 2).waitFor({ state: 'attached' });
    await row(page, 30).scrollIntoViewIfNeeded();
    const place = await topOf(page, 30);
    await above.answer();
    await card(page).waitFor({ state: 'attached' });
    expect(Math.abs(((await topOf(page, 30)) ?? 0) - (place ?? 0))).toBeLessThan(1);
    expect(await page.evaluate(HIDDEN)).toBe(false);

    await harbour.read(chatId, harbour.ada);
    const other = await harbour.enter(harbour.ada, chatId);
    await harbour.say(chatId, harbour.bob, `and ${last.href}`);
    // The card before took a revision.
    await row(other, 64).waitFor();
    const isAtEnd = () =>
      expect
        .poll(() => other.evaluate(`${LOG}.scrollHeight - ${LOG}.scrollTop - ${LOG}.clientHeight`))
        .toBeLessThanOrEqual(2);
    await isAtEnd();
    await last.answer();
    await row(other, 64).locator('.link-card').waitFor();
    await isAtEnd();
    expect(await harbour.leave()).toEqual([]);
  });

  it('XS-8: shows what pages say as text, whatever it is, live and rendered', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    const hrefs = PAYLOADS.map((payload, n) =>
      site.page(`/xss/${n}`, head({ title: `x ${payload}`, description: payload, site_name: payload, image: payload })),
    );
    await harbour.say(chatId, harbour.bob, ...hrefs);
    await expect.poll(() => card(page).count(), { timeout: 60_000 }).toBe(PAYLOADS.length);
    for (const when of ['live', 'rendered']) {
      expect([
        when,
        await page.locator('.link-card :is(script, iframe, object, embed, svg, math, img)').count(),
      ]).toEqual([when, 0]);
      const titles = await page.locator('.link-card-title').allTextContents();
      expect(titles.every((title) => title.startsWith('x '))).toBe(true);
      // A page that is loaded again has the last fifty, or those around the first unread one.
      expect(titles.filter((title) => title.includes('<')).length).toBeGreaterThan(10);
      await page.reload();
    }
    expect(await harbour.leave()).toEqual([]);
  });
});
