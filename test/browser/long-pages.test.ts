import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { Harbour, texts } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

const MESSAGES = 70;
/** Each takes 60 kB as HTML or JSON, so that 17 of them fill a page of 1 MiB, which would have fifty otherwise. */
const LONG = '"'.repeat(9_980);

let harbour: Harbour;
let chatId: ChatId;
beforeAll(async () => {
  if (hasNoBrowser) return;
  harbour = await Harbour.open();
  chatId = await harbour.newChat();
  await harbour.say(chatId, harbour.bob, ...Array.from({ length: MESSAGES }, (_, n) => `${n} ${LONG}`));
  await harbour.read(chatId, harbour.ada);
});
afterAll(async () => harbour?.close());

const numbers = async (page: Page) => (await texts(page)).map((text) => Number.parseInt(text, 10));
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const earlier = (page: Page) => page.getByRole('link', { name: 'Earlier messages' });

describe.skipIf(hasNoBrowser)('HT-1: pages that are short because their messages are long', () => {
  it('are not taken for the beginning of the history', async () => {
    const page = await harbour.enter(harbour.ada, chatId);
    expect((await numbers(page)).length).toBeLessThan(MESSAGES);
    const first = page.locator('article[data-position="2"]');
    while (!(await first.count())) {
      // The link to the page that has the first message goes when that page comes.
      await first.or(earlier(page)).first().waitFor({ state: 'attached' });
      await page.getByRole('log').press('Home');
    }
    await expect.poll(() => earlier(page).isVisible()).toBe(false);
    expect(await numbers(page)).toEqual(upTo(MESSAGES));
    expect(await harbour.leave()).toEqual([]);
  });

  it('leave no gap on the way to the latest', async () => {
    const page = await harbour.enter(harbour.ada, chatId, '?before=5');
    const last = page.locator(`article[data-position="${MESSAGES + 1}"]`);
    while (!(await last.count())) await page.getByRole('log').press('End');
    expect(await numbers(page)).toEqual(upTo(MESSAGES));
    expect(await harbour.leave()).toEqual([]);
  });
});
