import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { box, connected, Harbour, OFFLINE, rows, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const post = async (chatId: ChatId, text: string, replyTo?: number): Promise<Message> =>
  (await harbour.server.app.useCases.postMessage(harbour.bob.actor, { chatId, text, replyTo })).message;

/** A chat in which Bob has asked something at position 2. */
async function asked() {
  const chatId = await harbour.newChat();
  const question = await post(chatId, 'Shall we **sail**?');
  return { chatId, question };
}

const row = (page: Page, position: number) => page.locator(`article[data-position="${position}"]`);
const strip = (page: Page) => page.locator('[data-reply-strip]');
const quoteIn = (page: Page, text: string) => rows(page).filter({ hasText: text }).locator('.quote');

async function replyByKey(page: Page, position: number): Promise<void> {
  await row(page, position).hover();
  await page.locator('.action-bar').waitFor({ state: 'attached' });
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press('r');
}

describe.skipIf(hasNoBrowser)('a reply', () => {
  it('is begun by R, shows its quote above the box and in the row, and goes to its original and back', async () => {
    const { chatId } = await asked();
    for (let n = 0; n < 60; n += 1) await post(chatId, `in between ${n}`);
    const page = await harbour.enter(harbour.ada, chatId, '/at/2');
    await replyByKey(page, 2);
    await strip(page).waitFor();
    expect(await strip(page).innerText()).toContain('Reply to bob');
    expect(await strip(page).innerText()).toMatch(/Shall we .*sail.*\?/);
    expect((await strip(page).boundingBox())?.height).toBe(40);
    expect(await page.evaluate('document.activeElement.id')).toBe('message');
    await type(page, 'Yes');
    const quote = quoteIn(page, 'Yes');
    await quote.waitFor();
    expect(await strip(page).count()).toBe(0);
    await expect.poll(() => quote.innerText()).toMatch(/bob\s+Shall we sail\?/);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".quote")).borderInlineStartWidth')).toBe(
      '3px',
    );
    await quote.getByRole('link').click();
    await row(page, 2).waitFor();
    await expect.poll(() => page.locator('article[aria-current]').getAttribute('data-position')).toBe('2');
    await page.getByRole('button', { name: 'Back to where you were' }).click();
    await rows(page).filter({ hasText: 'Yes' }).waitFor();
    await expect.poll(() => page.locator('article[aria-current] .message-text').innerText()).toContain('Yes');
    expect(await page.getByRole('button', { name: 'Back to where you were' }).count()).toBe(0);
    expect(await harbour.leave()).toEqual([]);
  });

  it('can be cancelled by the button and by Escape, and is kept with the draft over a reload and another chat', async () => {
    const [{ chatId }, other] = [await asked(), await harbour.newChat()];
    const page = await harbour.enter(harbour.ada, chatId);
    await replyByKey(page, 2);
    await page.getByRole('button', { name: 'Cancel reply' }).click();
    expect(await strip(page).count()).toBe(0);
    await replyByKey(page, 2);
    await page.keyboard.press('Escape');
    expect(await strip(page).count()).toBe(0);
    await replyByKey(page, 2);
    await page.keyboard.type('half a thought');
    await page.reload();
    await strip(page).waitFor();
    expect(await box(page).inputValue()).toBe('half a thought');
    await page.goto(`/chat/${other}`);
    expect(await strip(page).count()).toBe(0);
    await page.goto(`/chat/${chatId}`);
    await connected(page);
    expect(await strip(page).innerText()).toContain('Reply to bob');
    await box(page).press('Enter');
    await quoteIn(page, 'half a thought').waitFor();
    expect(await harbour.leave()).toEqual([]);
  });

  it('begins with the words that were selected, as quoted lines', async () => {
    const chatId = await harbour.newChat();
    await post(chatId, 'one\ntwo\nthree');
    const page = await harbour.enter(harbour.ada, chatId);
    await box(page).fill('my answer');
    await row(page, 2).hover();
    await page.locator('.action-bar').waitFor({ state: 'attached' });
    await page.evaluate(`{
      document.activeElement.blur();
      const text = document.querySelector('article[data-position="2"] .message-text');
      getSelection().selectAllChildren(text);
    }`);
    await page.keyboard.press('r');
    await strip(page).waitFor();
    expect(await box(page).inputValue()).toBe('> one\n> two\n> three\n\nmy answer');
    expect(await harbour.leave()).toEqual([]);
  });

  it('shows within a second what its original says now, also where that is not loaded', async () => {
    const { chatId, question } = await asked();
    for (let n = 0; n < 100; n += 1) await post(chatId, `in between ${n}`);
    await post(chatId, 'The answer', 2);
    await post(chatId, 'Another answer', 2);
    await harbour.read(chatId, harbour.ada);
    const page = await harbour.enter(harbour.ada, chatId);
    expect(await row(page, 2).count()).toBe(0);
    const { editMessage, deleteMessage, restoreMessage } = harbour.server.app.useCases;
    const shown = () => page.locator('.quote .quote-text').allInnerTexts();
    const edited = await editMessage(harbour.bob.actor, {
      ...question,
      text: 'Shall we row?',
      base: question.revision,
    });
    await expect.poll(shown, { timeout: 1_000 }).toEqual(['Shall we row?', 'Shall we row?']);
    await deleteMessage(harbour.bob.actor, edited);
    await expect.poll(shown, { timeout: 1_000 }).toEqual(['Message deleted', 'Message deleted']);
    expect(await page.content()).not.toContain('row?');
    await restoreMessage(harbour.bob.actor, edited);
    await expect.poll(shown, { timeout: 1_000 }).toEqual(['Shall we row?', 'Shall we row?']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('that waits in the outbox keeps what it answers over a reload, and is sent once', async () => {
    const { chatId } = await asked();
    const page = await harbour.enter(harbour.ada, chatId);
    await replyByKey(page, 2);
    await strip(page).waitFor();
    await page.context().setOffline(true);
    await page.evaluate('dispatchEvent(new Event("offline"))');
    await type(page, 'from the outbox');
    await quoteIn(page, 'from the outbox').waitFor();
    await page.context().setOffline(false);
    await page.reload();
    await connected(page);
    await quoteIn(page, 'from the outbox').waitFor();
    await expect
      .poll(async () => {
        const sent = await harbour.server.app.useCases.readHistory(harbour.ada.actor, { chatId, limit: 10 });
        return sent.messages.map((message) => message.kind === 'text' && message.replyTo?.position);
      })
      .toEqual([false, undefined, 2]);
    const kept = await page.evaluate<string>('JSON.stringify(localStorage)');
    expect(kept).not.toContain('sail');
    await harbour.leave(OFFLINE);
  });

  it('has a header of its own, and is within one tab stop of its author’s name', async () => {
    const { chatId } = await asked();
    await post(chatId, 'plain');
    await post(chatId, 'an answer to myself', 2);
    const page = await harbour.enter(harbour.ada, chatId);
    expect(await row(page, 3).getAttribute('class')).toContain('continued');
    expect(await row(page, 4).getAttribute('class')).not.toContain('continued');
    expect(
      await row(page, 4)
        .getByRole('link', { name: /^Reply to bob/ })
        .count(),
    ).toBe(1);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is begun on touch screens by a swipe to the right, while scrolling and the edges of the screen stay as they are', async () => {
    const { chatId } = await asked();
    const { page, context: phone } = await harbour.enterByPhone(harbour.ada, chatId);
    const session = await phone.newCDPSession(page);
    const touch = (type: string, points: readonly { x: number; y: number }[]) =>
      session.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: [...points] });
    const drag = async (from: { x: number; y: number }, by: { x: number; y: number }) => {
      await touch('touchStart', [from]);
      for (let step = 1; step <= 8; step += 1)
        await touch('touchMove', [{ x: from.x + (by.x * step) / 8, y: from.y + (by.y * step) / 8 }]);
      await touch('touchEnd', []);
    };
    const bubble = await row(page, 2).locator('.bubble').boundingBox();
    const at = { x: (bubble?.x ?? 0) + 20, y: (bubble?.y ?? 0) + 12 };
    // The code of the actions is loaded by the first touch.
    await drag(at, { x: 0, y: 4 });
    const isLoaded = 'performance.getEntriesByType("resource").some(({ name }) => /row-actions/.test(name))';
    await expect.poll(() => page.evaluate(isLoaded)).toBe(true);
    await drag(at, { x: 10, y: 80 });
    expect(await strip(page).count()).toBe(0);
    await drag({ x: 4, y: at.y }, { x: 120, y: 0 });
    expect(await strip(page).count()).toBe(0);
    await drag(at, { x: 90, y: 2 });
    await strip(page).waitFor();
    expect(await row(page, 2).evaluate((element) => element.style.translate)).toBe('');
    await phone.close();
    await harbour.leave();
  });
});

describe.skipIf(hasNoBrowser)('without script', () => {
  it('a reply is written from the page of a message', async () => {
    const { chatId } = await asked();
    const { context, page: first } = await harbour.visit(harbour.ada, '/');
    const cookies = await context.cookies();
    await first.close();
    const plain = await harbour.browser.newContext({ baseURL: harbour.server.url, javaScriptEnabled: false });
    await plain.addCookies(cookies);
    const page = await plain.newPage();
    await page.goto(`/chat/${chatId}/messages/2`);
    await page.getByRole('link', { name: 'Reply', exact: true }).click();
    expect(await strip(page).innerText()).toContain('Reply to bob');
    await page.getByRole('textbox', { name: 'Message' }).fill('By hand');
    await page.getByRole('button', { name: 'Send' }).click();
    expect(await quoteIn(page, 'By hand').innerText()).toMatch(/Shall we sail\?/);
    await quoteIn(page, 'By hand').getByRole('link').click();
    expect(new URL(page.url()).pathname).toBe(`/chat/${chatId}/at/2`);
    await plain.close();
    await harbour.leave();
  });
});
