import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { box, connected, Harbour, rows, texts, type } from './harbour.ts';
import { offCentre } from './off-centre.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave()).toEqual([]);
});
afterAll(async () => harbour?.close());

/** A chat that ada has read, whose messages and name tell which one it is. */
async function chatCalled(name: string, count = 3): Promise<ChatId> {
  const chatId = await harbour.newChat();
  const { renameChat } = harbour.server.app.useCases;
  await renameChat(harbour.ada.actor, { chatId, name });
  await harbour.say(chatId, harbour.bob, ...Array.from({ length: count }, (_, n) => `${name} ${n + 1}`));
  await harbour.read(chatId, harbour.ada);
  return chatId;
}

async function readEverything(): Promise<void> {
  const { ada, server } = harbour;
  for (const { id } of await server.app.useCases.viewChatSummaries(ada.actor)) await harbour.read(id, ada);
}

/** The page of the first chat, with marks that a page load would wipe out. */
async function inChat(chatId: ChatId): Promise<Page> {
  const { page } = await harbour.visit(harbour.ada, `/chat/${chatId}`);
  await connected(page);
  await page.evaluate('void (globalThis.isSamePage = true)');
  return page;
}

const isSamePage = (page: Page) => page.evaluate<boolean>('globalThis.isSamePage === true');
const card = (page: Page, name: string) => page.getByRole('navigation', { name: 'Chats' }).getByRole('link', { name });
const shows = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const pathOf = (page: Page) => new URL(page.url()).pathname;
const alt = (page: Page, key: string) => page.keyboard.press(`Alt+${key}`);

describe.skipIf(hasNoBrowser)('switching chats without a page load', () => {
  it('shows the other chat in the same page over the same socket, with its title, heading, card and box', async () => {
    const [reef, cove] = [await chatCalled('Reef'), await chatCalled('Cove')];
    const page = await inChat(reef);
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await card(page, 'Cove').click();
    await shows(page, 'Cove');
    expect(await texts(page)).toEqual(['Cove 1', 'Cove 2', 'Cove 3']);
    expect([await page.title(), pathOf(page)]).toEqual(['Cove · Shoal', `/chat/${cove}`]);
    expect(await page.locator('.card-link[aria-current="page"]').allTextContents()).toEqual(['Cove']);
    expect(await box(page).getAttribute('placeholder')).toBe('Write to Cove');
    expect(await box(page).evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await page
      .getByRole('status')
      .filter({ hasText: /^Cove$/ })
      .waitFor({ state: 'attached' });
    expect(await page.getByRole('link', { name: 'Unread' }).getAttribute('href')).toBe(`/chat/${cove}?show=unread`);
    await type(page, 'from ada');
    await page.locator('article[data-position]', { hasText: 'from ada' }).waitFor();
    await harbour.say(cove, harbour.bob, 'from bob');
    await harbour.say(reef, harbour.bob, 'elsewhere');
    await expect.poll(() => texts(page)).toEqual(['Cove 1', 'Cove 2', 'Cove 3', 'from ada', 'from bob']);
    expect(sockets).toEqual([]);
    expect(await isSamePage(page)).toBe(true);
  });
  it('goes Back and Forward between chats, to where the reader was in each', async () => {
    const reef = await chatCalled('Long reef', 120);
    await chatCalled('Short cove');
    const page = await inChat(reef);
    await page.evaluate('document.querySelector(".log").scrollTop = 0');
    await page.locator('article[data-position="40"]').waitFor();
    await page.evaluate(`document.querySelector('article[data-position="40"]').scrollIntoView({ block: 'center' })`);
    await card(page, 'Short cove').click();
    await shows(page, 'Short cove');
    await page.goBack();
    await shows(page, 'Long reef');
    expect([await page.title(), pathOf(page)]).toEqual(['Long reef · Shoal', `/chat/${reef}`]);
    await page.locator('article[data-position="40"]').waitFor();
    await expect.poll(() => offCentre(page, 40)).toBeLessThan(80);
    await page.goForward();
    await shows(page, 'Short cove');
    expect(await page.locator('.card-link[aria-current="page"]').allTextContents()).toEqual(['Short cove']);
    expect(await isSamePage(page)).toBe(true);
  });

  it('shows the end of a long chat first, then all rows of its page, and more where the reader scrolls up', async () => {
    await chatCalled('Deep reef', 120);
    const page = await inChat(await chatCalled('Low cove'));
    await page.evaluate(`new MutationObserver((changes) => {
      const main = changes.flatMap(({ addedNodes }) => [...addedNodes]).find((node) => node.matches?.('main'));
      if (main) requestAnimationFrame(() => {
        const { top, bottom } = document.querySelector('.log').getBoundingClientRect();
        const shown = [...document.querySelectorAll('article')].map((row) => row.getBoundingClientRect());
        globalThis.firstFrame = {
          isFull: shown.some((row) => row.height > 0 && row.top <= top),
          isAtEnd: Math.abs(shown.at(-1).bottom - bottom) < 100,
        };
      });
    }).observe(document.body, { childList: true })`);
    await card(page, 'Deep reef').click();
    await shows(page, 'Deep reef');
    await expect.poll(() => page.evaluate('globalThis.firstFrame')).toEqual({ isFull: true, isAtEnd: true });
    await expect.poll(() => page.locator('article[hidden], .day[hidden]').count()).toBe(0);
    expect(await rows(page).count()).toBe(50);
    await expect
      .poll(() =>
        page.evaluate<number>(
          '((log) => log.scrollHeight - log.scrollTop - log.clientHeight)(document.querySelector(".log"))',
        ),
      )
      .toBeLessThanOrEqual(1);
    await page.evaluate('document.querySelector(".log").scrollTop = 0');
    await page.locator('article[data-position="40"]').waitFor();
    expect(await isSamePage(page)).toBe(true);
  });

  it('goes Back to another chat after the page was loaded again', async () => {
    const [reef] = [await chatCalled('Early reef'), await chatCalled('Late cove')];
    const page = await inChat(reef);
    await card(page, 'Late cove').click();
    await shows(page, 'Late cove');
    await page.reload();
    await connected(page);
    await page.goBack();
    await shows(page, 'Early reef');
    expect(await texts(page)).toContain('Early reef 3');
  });

  it('shows the last of several chats that were asked for, and drops late answers', async () => {
    const [reef, cove, kelp] = [await chatCalled('Reef 3'), await chatCalled('Cove 3'), await chatCalled('Kelp 3')];
    const page = await inChat(reef);
    const { promise: asked, resolve } = Promise.withResolvers<Route>();
    await page.route(`**/chat/${cove}`, (route) => resolve(route));
    await card(page, 'Cove 3').click();
    const late = await asked;
    await shows(page, 'Reef 3');
    await card(page, 'Kelp 3').click();
    await shows(page, 'Kelp 3');
    await late.continue();
    await harbour.say(kelp, harbour.bob, 'after the late answer');
    await page.getByText('after the late answer').locator('visible=true').first().waitFor();
    expect([await page.title(), pathOf(page)]).toEqual(['Kelp 3 · Shoal', `/chat/${kelp}`]);
    expect(await texts(page)).not.toContain('Cove 3 1');
  });

  it('asks for a chat once when the pointer stays at its card, reads nothing by that, and shows what came since', async () => {
    const [reef, cove] = [await chatCalled('Reef 4'), await chatCalled('Cove 4')];
    await harbour.say(cove, harbour.bob, 'unread');
    const page = await inChat(reef);
    const asked: string[] = [];
    page.on('request', (request) => request.headers()['shoal-part'] && asked.push(new URL(request.url()).pathname));
    const answered = page.waitForResponse((response) => new URL(response.url()).pathname === `/chat/${cove}`);
    await card(page, 'Cove 4').hover();
    await answered;
    const { viewChatSummary } = harbour.server.app.useCases;
    expect((await viewChatSummary(harbour.ada.actor, cove)).reading.unread).toBe(1);
    await card(page, 'Cove 4').click();
    await shows(page, 'Cove 4');
    expect(asked).toEqual([`/chat/${cove}`]);
    await harbour.say(reef, harbour.bob, 'while away');
    await expect.poll(async () => (await viewChatSummary(harbour.ada.actor, cove)).reading.unread).toBe(0);
    await expect.poll(() => page.locator(`[data-chat="${reef}"] .card-last`).textContent()).toContain('while away');
    await card(page, 'Reef 4').focus();
    await expect.poll(() => asked.length).toBe(2);
    await harbour.say(reef, harbour.bob, 'after it was fetched');
    await card(page, 'Reef 4').press('Enter');
    await shows(page, 'Reef 4');
    await expect.poll(() => texts(page)).toContain('after it was fetched');
  });

  it('lands at the line above unread messages, as a page load does', async () => {
    const [reef, cove] = [await chatCalled('Reef 5'), await chatCalled('Cove 5', 60)];
    await harbour.say(cove, harbour.bob, ...Array.from({ length: 70 }, (_, n) => `new ${n + 1}`));
    const page = await inChat(reef);
    await card(page, 'Cove 5').click();
    await shows(page, 'Cove 5');
    await page.locator('.unread-line').waitFor();
    expect(await page.locator('.unread-line').textContent()).toBe('70 new');
    expect(await page.locator('.unread-line + article .message-text').textContent()).toBe('new 1');
    const isInSight = `(() => {
      const [line, log] = ['.unread-line', '.log'].map((each) => document.querySelector(each).getBoundingClientRect());
      return line.top >= log.top && line.bottom <= log.bottom;
    })()`;
    await expect.poll(() => page.evaluate(isInSight)).toBe(true);
  });

  it('keeps the draft and the answer of each chat, and closes what was open', async () => {
    const [reef, cove] = [await chatCalled('Reef 6'), await chatCalled('Cove 6')];
    const page = await inChat(reef);
    await rows(page).last().hover();
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.locator('[data-reply-strip]').waitFor();
    await box(page).fill('half a thought');
    await page.getByRole('button', { name: 'Chat menu' }).click();
    await page.locator('#chat-menu:popover-open').waitFor();
    await alt(page, await directionTo(page, cove));
    await shows(page, 'Cove 6');
    expect(await box(page).inputValue()).toBe('');
    expect(await page.locator('[data-reply-strip], :popover-open, dialog[open]').count()).toBe(0);
    await expect
      .poll(() => page.locator(`[data-chat="${reef}"] .card-draft`).textContent())
      .toContain('half a thought');
    await page.goBack();
    await shows(page, 'Reef 6');
    expect(await box(page).inputValue()).toBe('half a thought');
    await page.locator('[data-reply-strip]').waitFor();
    expect(await page.locator(`[data-chat="${reef}"] .card-draft`).count()).toBe(0);
    await box(page).press('Enter');
    await expect.poll(() => texts(page)).toContain('half a thought');
    const { readHistory } = harbour.server.app.useCases;
    const stored = async (chatId: ChatId) =>
      (await readHistory(harbour.ada.actor, { chatId, limit: 10 })).messages.map((one) =>
        'text' in one ? one.text : '',
      );
    await expect.poll(() => stored(reef)).toContain('half a thought');
    expect(await stored(cove)).not.toContain('half a thought');
  });

  it('is what the keys, the search and links to messages of other chats do', async () => {
    const [reef, cove] = [await chatCalled('Reef 7'), await chatCalled('Cove 7', 80)];
    const page = await inChat(reef);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Chat' }).fill('Cove 7');
    await page.getByRole('combobox', { name: 'Chat' }).press('Enter');
    await shows(page, 'Cove 7');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.goBack();
    await shows(page, 'Reef 7');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await readEverything();
    await harbour.say(cove, harbour.bob, 'unread');
    await page.locator(`[data-chat="${cove}"] .card-unread:not([hidden])`).waitFor();
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await shows(page, 'Cove 7');
    await page.goBack();
    await shows(page, 'Reef 7');
    await harbour.say(reef, harbour.bob, `See ${new URL(`/chat/${cove}/at/20`, harbour.server.url).href}`);
    await page
      .getByRole('log')
      .getByRole('link', { name: `/chat/${cove}/at/20` })
      .click();
    await shows(page, 'Cove 7');
    expect(pathOf(page)).toBe(`/chat/${cove}/at/20`);
    expect(await page.locator('article[aria-current]').getAttribute('data-position')).toBe('20');
    await expect.poll(() => offCentre(page, 20)).toBeLessThan(10);
    expect(await isSamePage(page)).toBe(true);
  });

  it('goes on in another chat after the reader was removed from one', async () => {
    const [reef, cove] = [await chatCalled('Reef 8'), await chatCalled('Cove 8')];
    const page = await inChat(reef);
    const { server, ada, bob } = harbour;
    await server.app.useCases.leaveChat(ada.actor, reef);
    await page.getByText('You are not in this chat any more.').first().waitFor();
    expect(await box(page).isDisabled()).toBe(true);
    await card(page, 'Cove 8').click();
    await shows(page, 'Cove 8');
    await harbour.say(cove, bob, 'welcome');
    await expect.poll(() => texts(page)).toContain('welcome');
    expect(await page.getByText('You are not in this chat any more.').locator('visible=true').count()).toBe(0);
    await type(page, 'thanks');
    await expect.poll(() => texts(page)).toContain('thanks');
    await expect.poll(() => card(page, 'Reef 8').count()).toBe(0);
    expect(await isSamePage(page)).toBe(true);
  });

  it.each([
    ['an answer for another release', { 'shoal-part': 'another' }, 200],
    ['a refusal', {}, 403],
  ])('lets the browser load the page at %s', async (_what, headers, status) => {
    const [reef, cove] = [await chatCalled(`Reef ${status}`), await chatCalled(`Cove ${status}`)];
    const page = await inChat(reef);
    await page.route(`**/chat/${cove}`, async (route) => {
      if (route.request().headers()['shoal-part'] === undefined) return route.continue();
      await route.fulfill({ status, headers: { ...headers, 'content-type': 'text/html' }, body: '<main></main>' });
    });
    await card(page, `Cove ${status}`).click();
    await shows(page, `Cove ${status}`);
    await connected(page);
    expect(await isSamePage(page)).toBe(false);
    await harbour.leave(/403/);
  });

  it('leads to the sign-in page when the session has ended meanwhile', async () => {
    const { server, bob } = harbour;
    const eve = await server.person('eve');
    const [reef, cove] = [await server.chat(eve, bob), await server.chat(eve, bob)];
    const { page } = await harbour.visit(eve, `/chat/${reef}`);
    await connected(page);
    const link = page.locator(`[data-chat="${cove}"] a`);
    await page.context().clearCookies();
    await link.click();
    await page.getByRole('textbox', { name: 'Username' }).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe(`/chat/${cove}`);
  });

  it('leaves clicks for a new tab to the browser, and is plain links without script', async () => {
    const [reef, cove] = [await chatCalled('Reef 9'), await chatCalled('Cove 9')];
    const page = await inChat(reef);
    const opened = page.context().waitForEvent('page');
    await card(page, 'Cove 9').click({ modifiers: ['Control'] });
    await shows(await opened, 'Cove 9');
    expect(pathOf(page)).toBe(`/chat/${reef}`);
    await harbour.leave(/a new page/);
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    const context = await harbour.browser.newContext({ baseURL: harbour.server.url, javaScriptEnabled: false });
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const plain = await context.newPage();
    await plain.goto(`/chat/${reef}`);
    await card(plain, 'Cove 9').click();
    await shows(plain, 'Cove 9');
    expect(pathOf(plain)).toBe(`/chat/${cove}`);
    await context.close();
  });
});

/** The arrow that leads from the open chat to its neighbour in the list. */
const directionTo = (page: Page, chatId: ChatId) =>
  page.evaluate<string>(`(() => {
    const cards = [...document.querySelectorAll('.card')];
    const [from, to] = [cards.findIndex((each) => each.querySelector('[aria-current]')), cards.findIndex((each) => each.dataset.chat === '${chatId}')];
    return to < from ? 'ArrowUp' : 'ArrowDown';
  })()`);
