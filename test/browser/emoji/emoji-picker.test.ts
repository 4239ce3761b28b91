import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { box, Harbour, OFFLINE } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';

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

async function aPage() {
  const chatId = await harbour.newChat();
  await harbour.say(chatId, harbour.bob, 'hello');
  const page = await harbour.enter(harbour.ada, chatId);
  const row = page.locator(`article[data-position="${FIRST}"]`);
  return {
    page,
    row,
    picker: page.getByRole('dialog', { name: 'Emoji' }),
    chips: row.locator('.reaction:not([hidden])'),
  };
}

describe.skipIf(hasNoBrowser)('the emoji picker', () => {
  it('is loaded when it is opened, by + at a message, and is worked by keys alone: search, arrows, Enter, Escape', async () => {
    const { page, row, picker, chips } = await aPage();
    const loaded = () =>
      page.evaluate(`performance.getEntriesByType('resource').some(({ name }) => name.includes('emoji-picker'))`);
    await row.locator('.bubble').hover();
    await row.getByRole('toolbar').waitFor();
    expect(await loaded()).toBe(false);
    await page.getByRole('log').focus();
    await page.keyboard.press('+');
    await picker.waitFor();
    expect(await loaded()).toBe(true);
    const search = picker.getByRole('combobox', { name: 'Search emoji' });
    expect(await search.evaluate((field) => field.matches(':focus'))).toBe(true);
    await page.keyboard.press('Escape');
    await picker.waitFor({ state: 'hidden' });
    await page.getByRole('log').focus();
    await page.keyboard.press('+');
    await picker.waitFor();
    await page.keyboard.type('party');
    const active = async () =>
      picker.locator(`[id="${await search.getAttribute('aria-activedescendant')}"]`).getAttribute('aria-label');
    expect(await active()).toMatch(/party/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await picker.waitFor({ state: 'hidden' });
    await expect.poll(() => chips.count()).toBe(1);
    expect(await chips.getAttribute('aria-pressed')).toBe('true');
  });

  it('remembers what was chosen last and the skin tone, and says when nothing is found', async () => {
    const { page, row, picker, chips } = await aPage();
    const open = async () => {
      await row.locator('.bubble').hover();
      await row.getByRole('toolbar').getByRole('button', { name: 'React' }).click();
      await picker.waitFor();
    };
    await open();
    await picker.getByRole('combobox', { name: 'Skin tone' }).selectOption('5');
    await picker.getByRole('combobox', { name: 'Search emoji' }).fill('thumbs up');
    await picker.getByRole('option', { name: 'thumbs up' }).first().click();
    await expect.poll(() => chips.first().getAttribute('value')).toBe('👍🏿');
    await open();
    expect(await picker.getByRole('group', { name: 'Recent' }).getByRole('option').first().textContent()).toBe('👍🏿');
    expect(await picker.getByRole('combobox', { name: 'Skin tone' }).inputValue()).toBe('5');
    await picker.getByRole('combobox', { name: 'Search emoji' }).fill('xyzzy');
    await picker.getByText('No emoji has these words.').waitFor();
    await page.keyboard.press('Escape');
  });

  it('opens beside its button, covers neither the box nor Send, and closes by Escape also while something is searched', async () => {
    const { page, row, picker } = await aPage();
    const boxOf = async (selector: string) => {
      const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator(selector).first().boundingBox()) ?? {};
      return { left: x, top: y, right: x + width, bottom: y + height };
    };
    const beside = async (button: string) => {
      const [shown, anchor] = [await boxOf('.emoji-picker'), await boxOf(button)];
      const isAtSide = [shown.left - anchor.left, shown.right - anchor.right].some((gap) => Math.abs(gap) < 10);
      const isAtEnd = [shown.top - anchor.bottom, anchor.top - shown.bottom].some((gap) => gap >= 0 && gap < 10);
      return isAtSide && isAtEnd;
    };
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Insert an emoji' }).click();
    await picker.waitFor();
    expect(await beside('[data-insert-emoji]')).toBe(true);
    expect((await boxOf('.emoji-picker')).bottom).toBeLessThanOrEqual((await boxOf('.composer-row')).top);
    await page.keyboard.type('wave');
    await page.keyboard.press('Escape');
    await picker.waitFor({ state: 'hidden' });
    await page.setViewportSize({ width: 1280, height: 1200 });
    await row.locator('.bubble').hover();
    await row.getByRole('toolbar').getByRole('button', { name: 'React' }).click();
    await picker.waitFor();
    expect(await beside('.action-bar button')).toBe(true);
    await page.setViewportSize({ width: 390, height: 844 });
    const [search, tone] = [await boxOf('.emoji-picker input'), await boxOf('.emoji-picker select')];
    expect([search.top, search.right < tone.left]).toEqual([tone.top, true]);
  });

  it('inserts an emoji at the caret of the box', async () => {
    const { page, picker } = await aPage();
    await box(page).fill('ab');
    await box(page).press('ArrowLeft');
    await page.getByRole('button', { name: 'Insert an emoji' }).click();
    await picker.waitFor();
    await page.keyboard.type('pizza');
    await page.keyboard.press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('a🍕b');
    expect(await box(page).evaluate((field) => field.matches(':focus'))).toBe(true);
  });

  it('offers six emoji above the sheet of a message', async () => {
    const { page, row, chips } = await aPage();
    await row.locator('.bubble').hover();
    await row.getByRole('button', { name: 'More actions' }).click();
    const quick = page.getByRole('group', { name: 'React' }).getByRole('button');
    expect(await quick.count()).toBe(6);
    await quick.first().click();
    await expect.poll(() => chips.first().getAttribute('value')).toBe('👍');
  });
});
