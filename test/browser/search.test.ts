import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave()).toEqual([]);
});
afterAll(() => harbour?.close());

const many = (count: number) => Array.from({ length: count }, (_, index) => `filler ${index}`);

describe.skipIf(hasNoBrowser)('the search of messages', () => {
  it('shows what was found in the palette, behind the chats, and goes to the message', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'a **Waschmaschine** ||for sale||', ...many(80));
    const page = await harbour.enter(harbour.ada, chatId);
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Chat' });
    await box.fill('maschine');
    const hit = page.getByRole('option', { name: /^bob in .* a Waschmaschine \[spoiler\]$/ });
    await hit.waitFor();
    await page.getByRole('option', { name: 'Search messages for “maschine”' }).waitFor();
    await hit.click();
    await box.waitFor({ state: 'hidden' });
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/chat/${chatId}/at/2`);
    await rows(page).filter({ hasText: 'Waschmaschine' }).waitFor();
  });

  it('completes operators in the palette', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Chat' });
    await box.fill('cat ha');
    await page.getByRole('option', { name: 'cat has:', exact: true }).click();
    await expect.poll(() => box.inputValue()).toBe('cat has:');
    await page.getByRole('option', { name: 'cat has:file', exact: true }).click();
    await expect.poll(() => box.inputValue()).toBe('cat has:file');
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
  });

  it('is a line in place of the header of a chat, with a counter and ways to earlier and later messages', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'needle one', ...many(70), 'needle two', ...many(10), 'a needle, three');
    const page = await harbour.enter(harbour.ada, chatId);
    await page.getByRole('button', { name: 'Chat menu' }).focus();
    await page.keyboard.press('/');
    const box = page.getByRole('searchbox', { name: 'Search in this chat' });
    await box.fill('needle');
    const count = page.locator('[data-count]');
    await expect.poll(() => count.innerText()).toBe('3');
    for (const [told, text] of [
      ['1 of 3', 'three'],
      ['2 of 3', 'needle two'],
      ['3 of 3', 'needle one'],
    ] as const) {
      await box.press('Enter');
      await expect.poll(() => count.innerText()).toBe(told);
      await page.locator('article[aria-current]', { hasText: text }).waitFor();
    }
    await box.press('Shift+Enter');
    await expect.poll(() => count.innerText()).toBe('2 of 3');
    await box.fill('nothing of the kind');
    await expect.poll(() => count.innerText()).toBe('None');
    await box.press('Escape');
    await box.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent.trim()')).toBe('Search in this chat');
  });

  it('is a page without script', async () => {
    const chatId = await harbour.newChat();
    await harbour.say(chatId, harbour.bob, 'a lighthouse', 'something else');
    const context = await harbour.browser.newContext({ javaScriptEnabled: false, baseURL: harbour.server.url });
    const [name = '', value = ''] = harbour.ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const page = await context.newPage();
    await page.goto(`/search?chat=${chatId}`);
    await page.getByRole('searchbox').fill('LIGHT');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('link', { name: /lighthouse/ }).click();
    await page.waitForURL(`**/chat/${chatId}/at/2`);
    await page.getByText('a lighthouse').waitFor();
    await context.close();
  });
});
