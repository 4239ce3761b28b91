import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { box, connected, Harbour, rows, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const MEGABYTE = 1_000_000;
const PROSE = 'Nobody reads all this. '.repeat(50_000).slice(0, MEGABYTE);
const LINES = 'A line of a log that is pasted\n'.repeat(40_000).slice(0, MEGABYTE);

async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await box(page).press('Control+v');
}

const limit = (page: Page) => page.getByRole('status').filter({ hasText: 'characters too long' });

describe.skipIf(hasNoBrowser)('a paste of 1 MB', () => {
  it.each([
    ['one paragraph', PROSE],
    ['many lines', LINES],
  ])('of %s tells the limit at once, keeps the text, and leaves the page quick', async (_, text) => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    const begun = Date.now();
    await paste(page, text);
    await limit(page).filter({ hasText: '990,000 characters too long' }).waitFor();
    expect(await box(page).inputValue()).toBe(text);
    const told = Date.now();
    await box(page).press('End');
    await page.keyboard.type('!');
    await limit(page).filter({ hasText: '990,001' }).waitFor();
    console.info(`1 MB: told after ${told - begun} ms; the next key took ${Date.now() - told} ms.`);

    await box(page).press('Enter');
    await page
      .getByRole('alert')
      .filter({ hasText: '990,001 characters too long. A message has at most 10,000.' })
      .waitFor();
    await box(page).press('Control+a');
    await page.keyboard.type('short again');
    await box(page).press('Enter');
    await rows(page).filter({ hasText: 'short again' }).waitFor();
    expect(await harbour.leave()).toEqual([]);
  });

  it('is told to be too long once, also after it was refused, on a narrow screen too', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await page.setViewportSize({ width: 390, height: 844 });
    const said = page.getByText('too long', { exact: false }).filter({ visible: true });
    await box(page).fill('a'.repeat(10_001));
    await limit(page).filter({ hasText: '1 characters too long. A message has at most 10,000.' }).waitFor();
    expect(await said.count()).toBe(1);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('alert').filter({ hasText: '1 characters too long.' }).waitFor();
    expect(await said.count()).toBe(1);
    await box(page).press('End');
    await page.keyboard.type('!');
    await limit(page).filter({ hasText: '2 characters too long.' }).waitFor();
    expect(await said.count()).toBe(1);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is a draft that is there again, as quickly, when the chat is opened', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await paste(page, PROSE);
    await limit(page).waitFor();
    await page.reload();
    await connected(page);
    await limit(page).waitFor();
    expect(await box(page).inputValue()).toBe(PROSE);
    expect(await harbour.leave()).toEqual([]);
  });

  it('says that it is not kept where the browser has no room for it, and throws nothing', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await page.evaluate('Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }');
    await paste(page, PROSE);
    await limit(page).filter({ hasText: 'This draft is not kept' }).waitFor();
    expect(await harbour.leave()).toEqual([]);
  });

  it('that no browser keeps, of 3 MB, says so too', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await paste(page, PROSE.repeat(3));
    await limit(page).filter({ hasText: 'This draft is not kept' }).waitFor();
    await type(page, 'short again');
    await rows(page).filter({ hasText: 'short again' }).waitFor();
    expect(await harbour.leave()).toEqual([]);
  });
});

describe.skipIf(hasNoBrowser)('a text from right to left', () => {
  it('is laid out so in the box, whose direction follows what is written', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await box(page).fill('שלום');
    const direction = () => page.evaluate<string>('getComputedStyle(document.querySelector("#message")).direction');
    expect(await direction()).toBe('rtl');
    await box(page).fill('hello');
    expect(await direction()).toBe('ltr');
    await box(page).fill('');
    await paste(page, `שלום ${PROSE}`);
    await limit(page).waitFor();
    expect(await direction()).toBe('rtl');
    expect(await harbour.leave()).toEqual([]);
  });
});
