import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import type { Person } from '../websocket/chat-server.ts';
import { Harbour, OFFLINE, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave(OFFLINE)).toEqual([]);
});
afterAll(() => harbour?.close());

/** Two notices come before the first message. */
const FIRST = 2;

const react = (chatId: ChatId, { actor }: Person, emoji: string, on = true, position = FIRST) =>
  harbour.server.app.useCases.reactToMessage(actor, { chatId, position: revision(position), emoji, on });

const row = (page: Page, position = FIRST) => page.locator(`article[data-position="${position}"]`);

const chip = (page: Page, emoji: string, position = FIRST) =>
  row(page, position).locator('.reaction:not([hidden])').filter({ hasText: emoji });

/** What the row shows, as in `👍 2 own`. */
const shown = (page: Page, position = FIRST): Promise<string[]> =>
  row(page, position)
    .locator('.reaction:not([hidden])')
    .evaluateAll((chips) =>
      chips.map((one) =>
        [
          one.getAttribute('value'),
          one.querySelector('.reaction-count')?.textContent,
          ...(one.ariaPressed === 'true' ? ['own'] : []),
        ].join(' '),
      ),
    );

const topOf = async (page: Page, position: number): Promise<number> =>
  (await row(page, position).boundingBox())?.y ?? Number.NaN;

describe.skipIf(hasNoBrowser)('reactions under a message', () => {
  it('show each emoji with its count and, for all that read, the names; the own ones are pressed and outlined', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'hello');
    await react(chatId, harbour.bob, '👍');
    await react(chatId, harbour.ada, '👍');
    await react(chatId, harbour.bob, '❤');
    const page = await harbour.enter(harbour.ada, chatId);
    expect(await shown(page)).toEqual(['👍 2 own', '❤️ 1']);
    const own = page.getByRole('button', { name: '👍 2 You and bob' });
    expect(await own.getAttribute('aria-pressed')).toBe('true');
    const names = chip(page, '❤️').locator('.reaction-names');
    expect((await names.boundingBox())?.width).toBeLessThan(2);
    await chip(page, '❤️').hover();
    expect((await names.boundingBox())?.width).toBeGreaterThan(10);
    await chip(page, '❤️').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect((await names.boundingBox())?.width).toBeGreaterThan(10);
    expect((await own.boundingBox())?.height).toBeCloseTo(24, 0);
  });

  it('change at once by a click and by a key, for everybody; a double click ends off', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'hello');
    await react(chatId, harbour.bob, '👍');
    const [ada, bob] = [await harbour.enter(harbour.ada, chatId), await harbour.enter(harbour.bob, chatId)];
    await ada.evaluate(`document.querySelector('.reaction').click()`);
    expect(await shown(ada)).toEqual(['👍 2 own']);
    await expect.poll(() => shown(bob)).toEqual(['👍 2 own']);
    await expect.poll(() => chip(ada, '👍').getAttribute('data-wished')).toBeNull();
    await chip(ada, '👍').focus();
    await ada.keyboard.press('Enter');
    await expect.poll(() => shown(bob)).toEqual(['👍 1 own']);
    expect(await ada.evaluate('document.activeElement.value')).toBe('👍');
    await chip(ada, '👍').dblclick();
    await harbour.say(chatId, harbour.bob, 'after');
    await rows(ada).filter({ hasText: 'after' }).waitFor();
    expect(await shown(ada)).toEqual(['👍 1']);
    expect(await shown(bob)).toEqual(['👍 1 own']);
  });

  it('end as they are stored in every page, whatever is clicked how quickly', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'hello');
    for (const emoji of ['👍', '❤', '😂']) await react(chatId, harbour.bob, emoji);
    const pages = [await harbour.enter(harbour.ada, chatId), await harbour.enter(harbour.ada, chatId)];
    for (let n = 0; n < 60; n += 1) {
      const page = pages[n % 2];
      await page?.evaluate(`{
        const chips = document.querySelectorAll('.reaction:not([hidden])');
        chips[Math.floor(Math.random() * chips.length)]?.click();
      }`);
    }
    await harbour.say(chatId, harbour.bob, 'the end');
    for (const page of pages) await rows(page).filter({ hasText: 'the end' }).waitFor();
    await expect.poll(() => pages[0]?.locator('[data-wished]').count()).toBe(0);
    await expect.poll(() => pages[1]?.locator('[data-wished]').count()).toBe(0);
    const { reactions } = (await harbour.server.app.useCases.viewMessage(harbour.ada.actor, {
      chatId,
      position: revision(FIRST),
    })) as unknown as {
      readonly reactions: readonly { emoji: string; count: number; users: readonly { id: number }[] }[];
    };
    const stored = reactions.map(({ emoji, count, users }) =>
      [emoji, count, ...(users.some(({ id }) => id === harbour.ada.actor.user.id) ? ['own'] : [])].join(' '),
    );
    for (const page of pages) await expect.poll(() => shown(page)).toEqual(stored);
  });

  it('never move the row under the pointer, at the end of the chat and above it, and are nothing unread', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 60 }, (_, index) => `Line ${index}`));
    await harbour.read(chatId, harbour.ada);
    const page = await harbour.enter(harbour.ada, chatId);
    const last = FIRST + 59;
    for (const [pointed, above, below] of [
      [last - 3, last - 6, last - 1],
      [last - 20, last - 23, last - 18],
    ] as const) {
      await row(page, pointed).scrollIntoViewIfNeeded();
      await row(page, pointed).locator('.bubble').hover();
      const top = await topOf(page, pointed);
      for (const position of [above, below, pointed]) {
        await react(chatId, harbour.bob, '👍', true, position);
        await chip(page, '👍', position).waitFor({ state: 'attached' });
        expect(Math.abs((await topOf(page, pointed)) - top)).toBeLessThanOrEqual(1);
        await react(chatId, harbour.bob, '👍', false, position);
        await chip(page, '👍', position).waitFor({ state: 'detached' });
        expect(Math.abs((await topOf(page, pointed)) - top)).toBeLessThanOrEqual(1);
      }
    }
    expect(await page.title()).not.toMatch(/^\(/);
    expect(await page.locator('[data-jump]').textContent()).not.toMatch(/\d/);
  });

  it('are not announced', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'hello');
    const page = await harbour.enter(harbour.ada, chatId);
    await page.evaluate(`{
      globalThis.announced = [];
      const log = document.querySelector('[role="log"]');
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes)
            if (node instanceof Element && !node.closest('[aria-live="off"]')) announced.push(node.outerHTML);
      }).observe(log, { childList: true, subtree: true });
    }`);
    await react(chatId, harbour.bob, '👍');
    await chip(page, '👍').waitFor();
    await chip(page, '👍').click();
    await expect.poll(() => shown(page)).toEqual(['👍 2 own']);
    await expect.poll(() => chip(page, '👍').getAttribute('data-wished')).toBeNull();
    expect(await page.evaluate('announced')).toEqual([]);
  });

  it('that are set without a network wait for it, and those that are refused are put back with the reason', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'hello');
    await react(chatId, harbour.bob, '👍');
    const page = await harbour.enter(harbour.ada, chatId);
    await page.context().setOffline(true);
    await page.evaluate(`dispatchEvent(new Event('offline'))`);
    await chip(page, '👍').click();
    expect(await shown(page)).toEqual(['👍 2 own']);
    await page.context().setOffline(false);
    await expect.poll(() => chip(page, '👍').getAttribute('data-wished')).toBeNull();
    expect(await shown(page)).toEqual(['👍 2 own']);

    for (let n = 0; n < 20; n += 1) {
      const emoji = String.fromCodePoint(0x1f600 + n);
      await react(chatId, harbour.bob, emoji).catch(() => undefined);
    }
    await expect.poll(async () => (await shown(page)).length).toBe(20);
    // Another one, which the page cannot know to be too many.
    await page.evaluate(`{
      const chip = document.querySelector('.reaction[value="👍"]');
      chip.value = '🦭';
      chip.ariaPressed = 'false';
      chip.click();
    }`);
    await page.getByText('A message has at most 20 different emoji.').waitFor();
  });

  it('can be set and taken back without script', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'hello');
    await react(chatId, harbour.bob, '👍');
    const context = await harbour.browser.newContext({ javaScriptEnabled: false, baseURL: harbour.server.url });
    await context.setExtraHTTPHeaders({ cookie: harbour.ada.cookie });
    const page = await context.newPage();
    await page.goto(`/chat/${chatId}`);
    await chip(page, '👍').click();
    await page.goto(`/chat/${chatId}`);
    expect(await shown(page)).toEqual(['👍 2 own']);
    await chip(page, '👍').click();
    await page.goto(`/chat/${chatId}`);
    expect(await shown(page)).toEqual(['👍 1']);
    await context.close();
  });
});
