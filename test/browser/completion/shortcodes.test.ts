import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { box, connected, Harbour, texts } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';

let harbour: Harbour;

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(() => harbour?.close());

const list = (page: Page) => page.getByRole('listbox', { name: 'Emoji' });
const options = (page: Page) => list(page).getByRole('option').locator('bdi').allTextContents();

async function offered(page: Page, typed: string): Promise<string[]> {
  await page.keyboard.type(typed);
  await list(page).waitFor();
  return options(page);
}

const isClosed = (page: Page) => list(page).waitFor({ state: 'hidden' });

describe.skipIf(hasNoBrowser)('completion of shortcodes', () => {
  it('begins at a colon and two letters, and inserts the emoji itself, which the browser undoes', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await page.keyboard.type('Well done :t');
    expect(await list(page).count()).toBe(0);
    expect(await offered(page, 'ad')).toEqual([':tada:']);
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('Well done 🎉');
    await isClosed(page);
    await page.keyboard.press('Control+z');
    expect(await box(page).inputValue()).toBe('Well done :tad');
    expect(await offered(page, 'a')).toEqual([':tada:']);
    await page.keyboard.press('Tab');
    expect(await box(page).inputValue()).toBe('Well done 🎉');
    await page.keyboard.press('Enter');
    await expect.poll(() => texts(page)).toEqual(['Well done 🎉']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('offers those first that were used last, also after a reload, and lets what is typed whole be sent', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    expect((await offered(page, ':sm'))[0]).not.toBe(':smirk:');
    await page.keyboard.type('irk');
    await page.keyboard.press('Enter');
    await page.reload();
    await connected(page);
    await box(page).fill('');
    expect((await offered(page, ':sm'))[0]).toBe(':smirk:');
    await page.keyboard.type('ile:');
    await isClosed(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('');
    expect(await harbour.leave()).toEqual([]);
  });

  it('offers hands and people in the skin tone that was chosen in the picker, and others as they are', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await page.evaluate(`{
      const { installation } = document.documentElement.dataset;
      const { userId } = document.querySelector('main').dataset;
      localStorage.setItem('shoal:' + installation + ':emoji-picker:' + userId, '3 🎉');
    }`);
    for (const [typed, expected] of [
      [':thumbsup', '👍🏽'],
      [':tada', '🎉'],
      [':family', '👪'],
      [':wave', '👋🏽'],
    ] as const) {
      await box(page).fill('');
      await offered(page, typed);
      await page.keyboard.press('Enter');
      expect(await box(page).inputValue()).toBe(expected);
    }
    expect(await harbour.leave()).toEqual([]);
  });

  it('loads the emoji when they are first needed, and not for times, addresses and faces', async () => {
    const { page } = await harbour.visit(harbour.ada, '/auth');
    const scripts: string[] = [];
    page.on('request', (request) => {
      const [, script] = /\/static\/(completion|emoji-of)-/.exec(request.url()) ?? [];
      if (script !== undefined) scripts.push(script);
    });
    await page.goto(`/chat/${await harbour.newChat()}`);
    await connected(page);
    await page.keyboard.type('At 10:30, or :45, see https://example.org/:tada, std::vector, :-D `:tada` ');
    await expect.poll(() => scripts).toEqual(['completion']);
    expect(await list(page).count()).toBe(0);
    await offered(page, ':tada');
    expect(scripts).toEqual(['completion', 'emoji-of']);
    expect(await harbour.leave()).toEqual([]);
  });
});
