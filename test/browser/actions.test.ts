import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { box, Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
let chatId: ChatId;

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave()).toEqual([]);
});
afterAll(() => harbour?.close());

/** Ada's page of a chat with two messages by Bob and one by Ada. */
async function enter(): Promise<Page> {
  chatId = await harbour.newChat();
  await harbour.say(chatId, harbour.bob, 'First', 'Second');
  await harbour.say(chatId, harbour.ada, 'Third');
  const page = await harbour.enter(harbour.ada, chatId);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return page;
}

const row = (page: Page, text: string) => rows(page).filter({ hasText: text });
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Message actions' });
const menu = (page: Page) => page.getByRole('dialog', { name: 'Message actions' });
const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()');
const linkTo = async (page: Page, text: string) =>
  new URL(`/chat/${chatId}/at/${await row(page, text).getAttribute('data-position')}`, page.url()).href;

describe.skipIf(hasNoBrowser)('the actions on a message', () => {
  it('are in one bar, which moves to the row with the pointer and moves no row', async () => {
    const page = await enter();
    const places = () => rows(page).evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const before = await places();
    for (const text of ['First', 'Third']) {
      await row(page, text).locator('.bubble').hover();
      await row(page, text).getByRole('toolbar').waitFor();
      expect(await bar(page).count()).toBe(1);
      expect(await places()).toEqual(before);
    }
    await box(page).hover();
    await expect.poll(() => bar(page).count()).toBe(0);
  });

  it('open as a menu by “More actions”, which Escape closes and leads back', async () => {
    const page = await enter();
    await row(page, 'First').locator('.bubble').hover();
    await bar(page).getByRole('button', { name: 'More actions' }).click();
    await menu(page).getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Link copied').waitFor();
    expect(await clipboard(page)).toBe(await linkTo(page, 'First'));

    await bar(page).getByRole('button', { name: 'More actions' }).click();
    await menu(page).waitFor();
    await page.keyboard.press('Escape');
    await menu(page).waitFor({ state: 'hidden' });
    const focused = 'document.activeElement.textContent.trim()';
    expect(await page.evaluate(focused)).toBe('More actions');
  });

  it('are reached by Tab and the arrows, and go with the focus', async () => {
    const page = await enter();
    await box(page).focus();
    await page.keyboard.press('Shift+Tab');
    const focusedRow = () => page.evaluate(`document.activeElement.querySelector('.message-text')?.textContent`);
    expect(await focusedRow()).toBe('Third');
    await row(page, 'Third').getByRole('toolbar').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focusedRow()).toBe('First');
    await row(page, 'First').getByRole('toolbar').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await menu(page).waitFor();
    await menu(page).getByRole('button', { name: 'Copy link' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Link copied').waitFor();
    expect(await clipboard(page)).toBe(await linkTo(page, 'First'));
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe('message');
    await expect.poll(() => bar(page).count()).toBe(0);
  });

  it('have single keys, which act on the row with the focus or the pointer, are inert in fields and can be off', async () => {
    const page = await enter();
    await row(page, 'Second').locator('.bubble').hover();
    await bar(page).waitFor();
    await box(page).focus();
    await page.keyboard.type('c');
    expect(await box(page).inputValue()).toBe('c');
    await page.getByRole('log').focus();
    await page.keyboard.press('c');
    await page.getByText('Link copied').waitFor();
    expect(await clipboard(page)).toBe(await linkTo(page, 'Second'));

    await page.keyboard.press('?');
    await page.getByLabel('Single keys work outside of fields').uncheck();
    await page.keyboard.press('Escape');
    await page.evaluate(`navigator.clipboard.writeText('untouched')`);
    await page.getByRole('log').focus();
    await row(page, 'Second').locator('.bubble').hover();
    await page.keyboard.press('c');
    expect(await clipboard(page)).toBe('untouched');
  });

  it('are offered to assistive technology by the link “More” of each message, which is no stop for Tab', async () => {
    const page = await enter();
    const more = row(page, 'Second').getByRole('link', { name: 'More' });
    expect(await more.getAttribute('tabindex')).toBe('-1');
    await more.dispatchEvent('click');
    await menu(page).getByRole('button', { name: 'Copy text' }).click();
    await page.getByText('Text copied').waitFor();
    expect(await clipboard(page)).toBe('Second');
  });

  it('stay with a message that changes while the reader is at its bar', async () => {
    const page = await enter();
    await box(page).focus();
    await page.keyboard.press('Shift+Tab');
    await row(page, 'Third').getByRole('toolbar').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    const { app } = harbour.server;
    const { position, revision: base } = await lastMessage();
    await app.useCases.editMessage(harbour.ada.actor, { chatId, position, text: 'Third, mended', base });
    await row(page, 'Third, mended').getByRole('toolbar').waitFor();
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('More actions');
  });

  it('open as a sheet by a long press on a touch screen', async () => {
    const page = await enter();
    await page.close();
    const { page: phone, context } = await harbour.enterByPhone(harbour.ada, chatId);
    const touch = await context.newCDPSession(phone);
    const at = await row(phone, 'Second').locator('.message-text').boundingBox();
    const touchPoints = [{ x: (at?.x ?? 0) + 5, y: (at?.y ?? 0) + 5 }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await menu(phone).waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    expect(await menu(phone).isVisible()).toBe(true);
    const heights = await menu(phone)
      .getByRole('button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    await phone.goBack();
    await menu(phone).waitFor({ state: 'hidden' });
    expect(new URL(phone.url()).pathname).toBe(`/chat/${chatId}`);
    await context.close();
  });

  it('open by a long press on the quote of a reply too, which then does not lead to its original', async () => {
    await (await enter()).close();
    const { position: replyTo } = await lastMessage();
    await harbour.server.app.useCases.postMessage(harbour.bob.actor, { chatId, text: 'An answer', replyTo });
    const { page: phone, context } = await harbour.enterByPhone(harbour.ada, chatId);
    const touch = await context.newCDPSession(phone);
    const quote = await row(phone, 'An answer').locator('.quote').boundingBox();
    const touchPoints = [{ x: (quote?.x ?? 0) + 20, y: (quote?.y ?? 0) + 10 }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await menu(phone).waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    expect([await menu(phone).isVisible(), await phone.locator('article[aria-current]').count()]).toEqual([true, 0]);
    await menu(phone).getByRole('button', { name: 'Reply' }).tap();
    await phone.getByText('Reply to bob').waitFor();
    await context.close();
  });
});

async function lastMessage() {
  const { messages } = await harbour.server.app.useCases.readHistory(harbour.ada.actor, { chatId, limit: 1 });
  const [last] = messages;
  if (!last) throw new Error('The chat has messages.');
  return last;
}
