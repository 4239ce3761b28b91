import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { box, Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

/** As browsers report keys of an input method, and as Safari reports the one that ends a composition. */
const COMPOSED = [{ isComposing: true }, { keyCode: 229 }];

const pressComposed = (page: Page, key: string) =>
  page.evaluate(`{
    for (const composed of ${JSON.stringify(COMPOSED)}) {
      const event = { key: '${key}', bubbles: true, cancelable: true, ...composed };
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', event));
    }
  }`);

describe.skipIf(hasNoBrowser)('a key that an input method takes while a word is composed', () => {
  it('neither chooses nor leaves for another chat in the switcher, by Enter or arrows', async () => {
    await harbour.newChat();
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    const address = page.url();
    await page.keyboard.press('Control+k');
    const chosen = () => page.getByRole('combobox', { name: 'Chat' }).getAttribute('aria-activedescendant');
    await page.locator('input[role=combobox]:focus').waitFor();
    const before = await chosen();
    for (const key of ['ArrowDown', 'ArrowUp', 'Enter']) await pressComposed(page, key);
    expect(await chosen()).toBe(before);
    expect(page.url()).toBe(address);
    await page.keyboard.press('ArrowDown');
    expect(await chosen()).not.toBe(before);
    expect(await harbour.leave()).toEqual([]);
  });

  it('closes no dialog by Escape, and keeps what is written anew in the box', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await page.keyboard.press('Control+k');
    // The palette loads when first used. What is composed before it has the focus ends with the focus.
    await page.locator('input[role=combobox]:focus').waitFor();
    await page.evaluate(`{
      globalThis.escapes = [];
      addEventListener('keydown', (event) => escapes.push(event.defaultPrevented), true);
      document.addEventListener('keydown', () => escapes.push('heard'), true);
    }`);
    const cdp = await page.context().newCDPSession(page);
    // What the browser's own process sends for a key that the input method has taken.
    await cdp.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Go to a chat' }).waitFor();
    expect(await page.evaluate('escapes')).toEqual([]);
    await cdp.send('Input.insertText', { text: 'に' });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Go to a chat' }).waitFor({ state: 'hidden' });
    expect(await harbour.leave()).toEqual([]);
  });

  it('does nothing in the box for messages: it sends nothing and reopens nothing', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await box(page).fill('日本');
    for (const key of ['Enter', 'Escape', 'ArrowUp']) await pressComposed(page, key);
    expect(await box(page).inputValue()).toBe('日本');
    expect(await page.locator('article:not(.notice)').count()).toBe(0);
    expect(await harbour.leave()).toEqual([]);
  });
});
