import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open({ RATE_LIMITS: 'off' });
});
afterEach(async () => {
  expect(await harbour?.leave()).toEqual(hasNoBrowser ? undefined : []);
});
afterAll(async () => harbour?.close());

const pill = (page: Page, chatId: ChatId) => page.locator(`[data-chat="${chatId}"] .card-unread`).innerText();

const stored = async (chatId: ChatId) =>
  (await harbour.server.app.useCases.viewChatSummary(harbour.ada.actor, chatId)).reading;

describe.skipIf(hasNoBrowser)('unread messages', () => {
  it('show as a badge in the list, with "@" for a mention, and go when another device reads them', async () => {
    const chatId = await harbour.newChat();
    const { page: list } = await harbour.visit(harbour.ada, '/');
    await harbour.say(chatId, harbour.bob, 'one', 'two');
    await expect.poll(() => pill(list, chatId)).toMatch(/^2/);
    await harbour.say(chatId, harbour.bob, 'hello @ada');
    await expect.poll(() => pill(list, chatId)).toMatch(/^@ 3/);
    await harbour.enter(harbour.ada, chatId);
    await expect.poll(() => pill(list, chatId)).toBe('');
    expect((await stored(chatId)).unread).toBe(0);
  });

  it('come back as a badge on both devices after "mark unread", whose stale pointers never win', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'one', 'two');
    const [here, there] = [await harbour.enter(harbour.ada, chatId), await harbour.enter(harbour.ada, chatId)];
    await expect.poll(async () => (await stored(chatId)).unread).toBe(0);
    await harbour.server.app.useCases.markUnread(harbour.ada.actor, { chatId, position: revision(2) });
    for (const page of [here, there]) await expect.poll(() => pill(page, chatId)).not.toBe('');
    await harbour.say(chatId, harbour.bob, 'three');
    for (const page of [here, there]) await rows(page).filter({ hasText: 'three' }).waitFor();
    expect((await stored(chatId)).pointer).toMatchObject({ position: 1, version: 1 });
  });

  it('never show a badge to a reader who is focused at the end while 100 messages arrive', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await page.evaluate(`{
      globalThis.badges = [];
      const card = document.querySelector('[data-chat="${chatId}"]');
      new MutationObserver(() => {
        const { textContent } = card.querySelector('.card-unread');
        if (textContent) badges.push(textContent);
      }).observe(card, { childList: true, subtree: true, characterData: true, attributes: true });
    }`);
    for (let n = 1; n <= 100; n++) await harbour.say(chatId, harbour.bob, `arrival ${n}`);
    await rows(page).filter({ hasText: 'arrival 100' }).waitFor();
    await expect.poll(async () => (await stored(chatId)).unread).toBe(0);
    expect(await page.evaluate('badges')).toEqual([]);
  });

  it('stay unread in a window without the focus', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await page.evaluate('document.hasFocus = () => false');
    await harbour.say(chatId, harbour.bob, 'unseen');
    await rows(page).filter({ hasText: 'unseen' }).waitFor();
    await expect.poll(() => pill(page, chatId)).toMatch(/^1/);
    expect((await stored(chatId)).unread).toBe(1);
  });

  it('that are not loaded stay unread at the end of the chat, until Escape marks them read', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, ...Array.from({ length: 60 }, (_, n) => `message ${n + 1}`));
    const page = await harbour.enter(harbour.ada, chatId, '/at/61');
    await harbour.say(chatId, harbour.bob, 'one more');
    await rows(page).filter({ hasText: 'one more' }).waitFor();
    await expect.poll(() => pill(page, chatId)).toMatch(/^61/);
    expect((await stored(chatId)).unread).toBe(61);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await stored(chatId)).unread).toBe(0);
    await expect.poll(() => pill(page, chatId)).toBe('');
  });
});
