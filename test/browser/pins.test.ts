import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
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

describe.skipIf(hasNoBrowser)('pinned messages', () => {
  it('are marked in their rows, are announced by a notice, and stand in a dialog that leads to them and unpins them', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'keep this', 'not this');
    const page = await harbour.enter(harbour.ada, chatId);
    const row = page.locator(`article[data-position="${FIRST}"]`);
    await row.locator('.bubble').hover();
    await row.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await row.locator('.message-pin').waitFor();
    await rows(page).filter({ hasText: 'ada pinned a message' }).waitFor();

    await page.getByRole('button', { name: 'Chat menu' }).click();
    await page.getByRole('link', { name: 'Pinned messages' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pinned' });
    const item = dialog.getByRole('listitem').filter({ hasText: 'keep this' });
    await item.waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(1);
    expect(await item.getByRole('link').getAttribute('href')).toBe(`/chat/${chatId}/at/${FIRST}`);
    await item.getByRole('button', { name: /^Unpin/ }).click();
    await dialog.getByText('Nothing is pinned here yet').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Chat menu');
    await row.locator('.message-pin').waitFor({ state: 'detached' });
  });

  it('lead from the dialog to the message, where the address stays', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'keep this', 'not this');
    await harbour.server.app.useCases.setPin(harbour.ada.actor, { chatId, position: revision(FIRST), on: true });
    const page = await harbour.enter(harbour.ada, chatId);
    await page.getByRole('button', { name: 'Chat menu' }).click();
    await page.getByRole('link', { name: 'Pinned messages' }).click();
    await page.getByRole('link', { name: 'Go to the message' }).click();
    await page.locator(`article[data-position="${FIRST}"][aria-current]`).waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/chat/${chatId}/at/${FIRST}`);
    await page.goBack();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/chat/${chatId}`);
  });

  it('are listed as plain text, without markup and the words of spoilers, in the dialog and without script', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, '**Bring** `rope` :heart: ||surprise||\n- tent');
    await harbour.server.app.useCases.setPin(harbour.ada.actor, { chatId, position: revision(FIRST), on: true });
    const page = await harbour.enter(harbour.ada, chatId);
    await page.getByRole('button', { name: 'Chat menu' }).click();
    await page.getByRole('link', { name: 'Pinned messages' }).click();
    const text = page.locator('.pin-text');
    const plain = /^Bring rope ❤️ \[spoiler\]\n.*tent$/;
    await expect.poll(() => text.innerText()).toMatch(plain);
    await page.goto(`/chat/${chatId}/pins`);
    expect(await text.innerText()).toMatch(plain);
  });

  it('can be pinned and unpinned without script, from the page of the message', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'keep this');
    const context = await harbour.browser.newContext({ javaScriptEnabled: false, baseURL: harbour.server.url });
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto(`/chat/${chatId}/messages/${FIRST}`);
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await page.getByRole('heading', { name: /^Pinned in/ }).waitFor();
    await page.getByText('keep this').waitFor();
    await page.getByRole('button', { name: /^Unpin/ }).click();
    await page.getByText('Nothing is pinned here yet').waitFor();
    await page.goto(`/chat/${chatId}/messages/${FIRST}`);
    await page.getByRole('button', { name: 'React with 🎉' }).click();
    const stored = await harbour.server.app.useCases.viewMessage(harbour.ada.actor, {
      chatId,
      position: revision(FIRST),
    });
    expect(stored).toMatchObject({ reactions: [{ emoji: '🎉', count: 1 }] });
    await context.close();
  });
});
