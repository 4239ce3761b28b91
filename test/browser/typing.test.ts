import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typingWords } from '../../src/adapters/browser/typing/typing-words.ts';
import { box, connected, Harbour, rows, stopClock, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const strip = (page: Page) => page.locator('[data-typing]');
const says = (page: Page, words: string) => strip(page).filter({ hasText: words }).waitFor();

/** As it is laid out, whatever animation moves it. */
const heightOf = (shown: Locator) => shown.evaluate((element: { offsetHeight: number }) => element.offsetHeight);

/** What Bob's box has sent, counted by type. */
const sentBy = (page: Page): Promise<Record<string, number>> => page.evaluate('sentFrames');
const COUNT_SENT = `{
  globalThis.sentFrames = {};
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (text) {
    const { type } = JSON.parse(text);
    sentFrames[type] = (sentFrames[type] ?? 0) + 1;
    return send.call(this, text);
  };
}`;

describe('the words of the strip', () => {
  it.each([
    [[], ''],
    [['bob'], 'bob is typing…'],
    [['bob', 'cleo'], 'bob and cleo are typing…'],
    [['bob', 'cleo', 'dan'], 'bob, cleo and dan are typing…'],
    [['bob', 'cleo', 'dan', 'eve'], 'Several people are typing…'],
  ])('name up to three people who are typing: %j', (names, words) => {
    expect(
      typingWords(names)
        .map((word) => (typeof word === 'string' ? word : word.name))
        .join(''),
    ).toBe(words);
  });
});

describe.skipIf(hasNoBrowser)('typing', () => {
  it('is shown to others above the box, moves nothing, and ends with the message', async () => {
    const chatId = await harbour.newChat();
    const adas = await harbour.enter(harbour.ada, chatId);
    const bobs = await harbour.enter(harbour.bob, chatId);
    const place = async () => [await box(adas).boundingBox(), await strip(adas).boundingBox()];
    const before = await place();
    await box(bobs).pressSequentially('On');
    await says(adas, 'bob is typing…');
    expect(await place()).toEqual(before);
    expect((await strip(adas).boundingBox())?.height).toBe(20);
    expect(await strip(adas).evaluate((element) => element.closest('[aria-live], [role="log"], [role="status"]'))).toBe(
      null,
    );
    expect(await strip(bobs).textContent()).toBe('');
    await box(bobs).press('Enter');
    await rows(adas).filter({ hasText: 'On' }).waitFor();
    await expect.poll(() => strip(adas).textContent()).toBe('');
    expect(await harbour.leave()).toEqual([]);
  });

  it('is signalled at most every 2 s, not for an empty box, and not while a stored message is edited', async () => {
    const chatId = await harbour.newChat();
    const { page } = await harbour.visit(harbour.bob, '/');
    await page.addInitScript(COUNT_SENT);
    await page.goto(`/chat/${chatId}`);
    await connected(page);
    await box(page).pressSequentially('   ');
    await box(page).fill('');
    expect((await sentBy(page)).typing).toBeUndefined();
    await type(page, 'stored');
    await page.locator('article:not([data-state])', { hasText: 'stored' }).waitFor();
    await stopClock(page);
    await box(page).press('ArrowUp');
    await page.locator('.edit-strip').waitFor();
    const before = (await sentBy(page)).typing ?? 0;
    await box(page).pressSequentially(' edited');
    await box(page).press('Escape');
    expect((await sentBy(page)).typing ?? 0).toBe(before);
    await box(page).pressSequentially('several letters');
    expect((await sentBy(page)).typing).toBe(before + 1);
    await page.clock.fastForward(2_000);
    await box(page).pressSequentially(' and more');
    expect((await sentBy(page)).typing).toBe(before + 2);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is shown for 6 s without another signal', async () => {
    const chatId = await harbour.newChat();
    const adas = await harbour.enter(harbour.ada, chatId);
    await stopClock(adas);
    await harbour.server.app.useCases.paced.signalTyping(harbour.bob.actor, chatId);
    await says(adas, 'bob is typing…');
    await adas.clock.runFor(5_900);
    expect(await strip(adas).textContent()).toBe('bob is typing…');
    await adas.clock.runFor(200);
    await expect.poll(() => strip(adas).textContent()).toBe('');
    expect(await harbour.leave()).toEqual([]);
  });

  it.each(['home', 'another chat'])(
    'is shown in the list of chats in place of the preview, on the page of %s',
    async (place) => {
      const chatId = await harbour.newChat();
      const open = place === 'home' ? '/' : `/chat/${await harbour.newChat()}`;
      const { page } = await harbour.visit(harbour.ada, open);
      const preview = page.locator(`[data-chat="${chatId}"] .card-preview`);
      const shown = () => preview.innerText();
      const link = page.locator(`[data-chat="${chatId}"] .card-link`);
      await harbour.say(chatId, harbour.ada, 'earlier');
      // By the socket, which is open then.
      await expect.poll(shown).toBe('You: earlier');
      await stopClock(page);
      const { signalTyping } = harbour.server.app.useCases.paced;
      await signalTyping(harbour.bob.actor, chatId);
      await expect.poll(shown).toBe('bob is typing…');
      const height = await heightOf(preview);
      expect(
        await link.evaluate((element) => element.closest('li')?.querySelector('[aria-live], [role="status"]')),
      ).toBe(null);
      await page.clock.runFor(6_100);
      await expect.poll(shown).toBe('You: earlier');
      expect(await heightOf(preview)).toBe(height);

      await signalTyping(harbour.bob.actor, chatId);
      await expect.poll(shown).toBe('bob is typing…');
      await harbour.say(chatId, harbour.bob, 'here it is');
      await expect.poll(shown).toBe('bob: here it is');
      expect(await harbour.leave()).toEqual([]);
    },
  );
});
