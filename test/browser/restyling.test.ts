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
  readonly args: { readonly elementCount?: number };
}

/** The number of elements whose style the browser computes while the change is made. */
async function restyledBy(page: Page, change: () => Promise<void>): Promise<number> {
  await harbour.browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'],
  });
  await change();
  const { traceEvents } = JSON.parse((await harbour.browser.stopTracing()).toString());
  const passes = (traceEvents as readonly TraceEvent[]).filter(({ name }) => name === 'UpdateLayoutTree');
  expect(passes.length).toBeGreaterThan(0);
  return passes.reduce((sum, { args }) => sum + (args.elementCount ?? 0), 0);
}

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
});
