import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

const ROWS = 300;
const CHANGES = 20;
/** Elements of a row, of the one above it, and of what else follows the chat, such as its card. */
const MAX_ELEMENTS = 120;

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open({ RATE_LIMITS: 'off' });
});
afterAll(async () => harbour?.close());

interface TraceEvent {
  readonly name: string;
  readonly args: {
    readonly elementCount?: number;
    readonly beginData?: { readonly dirtyObjects: number; readonly totalObjects: number };
  };
}

async function passesOf(page: Page, name: string, change: () => Promise<void>): Promise<readonly TraceEvent[]> {
  await harbour.browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'],
  });
  await change();
  const { traceEvents } = JSON.parse((await harbour.browser.stopTracing()).toString());
  const passes = (traceEvents as readonly TraceEvent[]).filter((event) => event.name === name);
  expect(passes.length).toBeGreaterThan(0);
  return passes;
}

/** The number of elements whose style the browser computes while the change is made. */
async function restyledBy(page: Page, change: () => Promise<void>): Promise<number> {
  const passes = await passesOf(page, 'UpdateLayoutTree', change);
  return passes.reduce((sum, { args }) => sum + (args.elementCount ?? 0), 0);
}

const allRest = (page: Page) =>
  expect.poll(() => page.locator('.message:not([data-resting])').count(), { timeout: 10_000 }).toBe(0);

/** The page of a chat with 300 shown rows, at the end of which its reader is. */
async function longPage(): Promise<{ readonly page: Page; readonly chatId: ChatId }> {
  const chatId = await harbour.newChat();
  const page = await harbour.enter(harbour.ada, chatId);
  for (let n = 1; n < ROWS; n += 1) await harbour.say(chatId, harbour.bob, `message ${n}`);
  await page.locator(`article[data-position="${ROWS}"]`).waitFor();
  expect(await rows(page).count()).toBe(ROWS);
  return { page, chatId };
}

describe.skipIf(hasNoBrowser)('the work for changes that arrive in a chat of 300 shown rows', () => {
  it('is in proportion to the changed rows: neither a message nor an edit nor a reaction restyles the log', async () => {
    const { page, chatId } = await longPage();
    const { postMessage, editMessage, reactToMessage } = harbour.server.app.useCases;
    const messages = await restyledBy(page, async () => {
      for (let n = 0; n < CHANGES; n += 1) {
        const { message } = await postMessage(harbour.bob.actor, { chatId, text: `news ${n}` });
        await page.locator(`article[data-position="${message.position}"]`).waitFor();
      }
    });
    expect(messages / CHANGES).toBeLessThan(MAX_ELEMENTS);

    const edits = await restyledBy(page, async () => {
      for (let n = 0; n < CHANGES; n += 1) {
        const place = { chatId, position: revision(ROWS - n) };
        await editMessage(harbour.bob.actor, { ...place, text: `edited ${n}`, base: place.position });
        await rows(page)
          .filter({ hasText: new RegExp(`edited ${n}\\b`) })
          .waitFor({ state: 'attached' });
      }
    });
    expect(edits / CHANGES).toBeLessThan(MAX_ELEMENTS);

    const reactions = await restyledBy(page, async () => {
      for (let n = 0; n < CHANGES; n += 1) {
        const position = ROWS - 30 - n;
        await reactToMessage(harbour.bob.actor, { chatId, position: revision(position), emoji: '👍', on: true });
        await page.locator(`article[data-position="${position}"] .reaction`).waitFor({ state: 'attached' });
      }
    });
    expect(reactions / CHANGES).toBeLessThan(MAX_ELEMENTS);
    expect(await harbour.leave()).toEqual([]);
  });

  it('lays out only rows that changed or are near what is in sight, while a hundred changes a second arrive', async () => {
    const { page, chatId } = await longPage();
    await allRest(page);
    const all = await page.evaluate<number>(`document.querySelectorAll('main *').length`);
    const { postMessage, reactToMessage } = harbour.server.app.useCases;
    const passes = await passesOf(page, 'Layout', async () => {
      for (let first = 20; first <= 100; first += CHANGES) {
        for (let n = first; n < first + CHANGES; n += 1) {
          await (n % 5 === 0
            ? postMessage(harbour.bob.actor, { chatId, text: `news ${n}` })
            : reactToMessage(harbour.bob.actor, { chatId, position: revision(n + 2), emoji: '👍', on: true }));
        }
        await page
          .getByText(`news ${first + CHANGES - 5}`)
          .first()
          .waitFor();
        await allRest(page);
      }
    });
    const largest = Math.max(...passes.map(({ args }) => args.beginData?.totalObjects ?? 0));
    expect(largest).toBeGreaterThan(0);
    // Without rest, there are more objects than elements.
    expect(largest).toBeLessThan((2 / 3) * all);
    expect(await harbour.leave()).toEqual([]);
  });

  it('keeps the exact size of each row at rest, also of one that changes out of sight and in a log that is resized', async () => {
    const { page, chatId } = await longPage();
    await harbour.say(chatId, harbour.bob, ...[10, 100, 400].map((words) => 'some words '.repeat(words)));
    await page.locator(`article[data-position="${ROWS + 3}"]`).waitFor();
    const sizes = () =>
      page.evaluate<readonly (readonly number[])[]>(`(() => {
        const rows = [...document.querySelectorAll('article')];
        const heights = () => rows.map((row) => row.getBoundingClientRect().height);
        const atRest = heights();
        for (const row of rows) row.removeAttribute('data-resting');
        const laidOut = heights();
        for (const row of rows) row.dataset.resting = '';
        return [atRest, laidOut];
      })()`);
    await allRest(page);
    const { editMessage, reactToMessage } = harbour.server.app.useCases;
    const [edited, reacted] = [revision(110), revision(120)];
    await editMessage(harbour.bob.actor, { chatId, position: edited, text: 'two\nlines', base: edited });
    await reactToMessage(harbour.bob.actor, { chatId, position: reacted, emoji: '👍', on: true });
    await page.locator(`article[data-position="${reacted}"] .reaction`).waitFor({ state: 'attached' });
    await allRest(page);
    const [atRest, laidOut] = await sizes();
    expect(atRest).toEqual(laidOut);
    await page.setViewportSize({ width: 480, height: 800 });
    await allRest(page);
    const [narrow, laidOutNarrow] = await sizes();
    expect(narrow).toEqual(laidOutNarrow);
    expect(narrow).not.toEqual(atRest);
    expect(await harbour.leave()).toEqual([]);
  });
});
