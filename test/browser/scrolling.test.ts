import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { box, Harbour, rows, stopClock, texts, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

const MAX_ROWS = 400;

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `message ${from + index}`);

/** A chat with this many messages, which Ada has read. */
async function talkative(count: number): Promise<ChatId> {
  const chatId = await harbour.newChat();
  await harbour.say(chatId, harbour.bob, ...numbered(0, count));
  await harbour.read(chatId, harbour.ada);
  return chatId;
}

/** Measures the CPU time that the page's main thread uses, in seconds. It does not depend on what else the machine does. */
async function mainThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
}

const log = (page: Page) => page.getByRole('log');
const scrollTo = (page: Page, top: number | string) =>
  page.evaluate(`document.querySelector('.log').scrollTop = ${top}`);
const distanceFromEnd = (page: Page) =>
  page.evaluate<number>(
    '((log) => log.scrollHeight - log.scrollTop - log.clientHeight)(document.querySelector(".log"))',
  );

/** The first row that can be seen, and where. */
const firstVisible = (page: Page) =>
  page.evaluate<{ position: string; top: number }>(`(() => {
    const edge = document.querySelector('.log').getBoundingClientRect().top;
    const row = [...document.querySelectorAll('article')].find((each) => each.getBoundingClientRect().bottom > edge);
    return { position: row.dataset.position, top: row.getBoundingClientRect().top };
  })()`);
const topOf = (page: Page, position: string) =>
  page.evaluate<number>(`document.querySelector('[data-position="${position}"]').getBoundingClientRect().top`);

describe.skipIf(hasNoBrowser)('the log', () => {
  it('keeps the first visible row where it is, to the pixel, when fifty come before it', async () => {
    const page = await harbour.enter(harbour.ada, await talkative(200));
    expect(await distanceFromEnd(page)).toBeLessThanOrEqual(1);
    // Ahead of the way, so that the page is fetched while the reader stands still.
    await scrollTo(page, 500);
    const before = await firstVisible(page);
    await rows(page).nth(60).waitFor({ state: 'attached' });
    expect(Math.abs((await topOf(page, before.position)) - before.top)).toBeLessThanOrEqual(1);
    expect(await harbour.leave()).toEqual([]);
  });

  it('shows earlier messages by scrolling up, each once and in order, to the first', async () => {
    const page = await harbour.enter(harbour.ada, await talkative(180));
    while (!(await page.locator('article[data-position="2"]').count())) await log(page).press('Home');
    await expect.poll(() => page.getByRole('link', { name: 'Earlier messages' }).isVisible()).toBe(false);
    expect(await texts(page)).toEqual(numbered(0, 180));
    expect(await harbour.leave()).toEqual([]);
  });

  it('never holds more than 400 rows through ten thousand messages, up and down again', {
    timeout: 180_000,
  }, async () => {
    const page = await harbour.enter(harbour.ada, await talkative(10_000));
    await page.evaluate(`{
      const rows = document.querySelector('.log-rows');
      globalThis.most = 0;
      new MutationObserver(() => {
        most = Math.max(most, rows.querySelectorAll('article').length);
      }).observe(rows, { childList: true });
    }`);
    const travel = (end: string, there: string) =>
      page.evaluate(`new Promise((arrived) => {
        const log = document.querySelector('.log');
        const step = () => {
          if (document.querySelector('${there}')) return arrived();
          log.scrollTop = ${end};
          requestAnimationFrame(step);
        };
        step();
      })`);
    await travel('0', '[data-position="2"]');
    expect((await texts(page)).slice(0, 3)).toEqual(numbered(0, 3));
    expect(await rows(page).count()).toBeLessThanOrEqual(MAX_ROWS);
    await travel('log.scrollHeight', '[data-position="1500"]');
    const shown = await texts(page);
    expect(shown).toEqual(numbered(Number(shown[0]?.split(' ')[1]), Number(shown.at(-1)?.split(' ')[1]) + 1));
    await page.getByRole('button', { name: 'Jump to latest' }).click();
    await page.locator('[data-position="10001"]').waitFor();
    expect(await page.evaluate<number>('most')).toBeLessThanOrEqual(MAX_ROWS);
    expect(await harbour.leave()).toEqual([]);
  });

  it('follows what comes while the reader is at its end, and stays put while they are not', async () => {
    const chatId = await talkative(60);
    const page = await harbour.enter(harbour.ada, chatId);
    await harbour.say(chatId, harbour.bob, 'one more');
    await rows(page).filter({ hasText: 'one more' }).waitFor();
    await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(1);

    await scrollTo(
      page,
      'document.querySelector(".log").scrollHeight - document.querySelector(".log").clientHeight - 101',
    );
    const jump = page.getByRole('button', { name: 'Jump to latest' });
    await jump.waitFor();
    const before = await firstVisible(page);
    await harbour.say(chatId, harbour.bob, 'unseen', 'unseen too');
    await page.getByRole('button', { name: '2 new messages' }).waitFor();
    expect(Math.abs((await topOf(page, before.position)) - before.top)).toBeLessThanOrEqual(1);

    await page.getByRole('button', { name: '2 new messages' }).click();
    await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(1);
    await expect.poll(() => page.locator('[data-jump]').isVisible()).toBe(false);
    expect(await harbour.leave()).toEqual([]);
  });

  it('leaves nothing out that comes while the latest messages are on their way', async () => {
    const chatId = await talkative(120);
    const page = await harbour.enter(harbour.ada, chatId, '?before=30');
    await page.route(
      ({ pathname, searchParams }) =>
        pathname.endsWith('/messages') && !searchParams.has('before') && !searchParams.has('after'),
      async (route) => {
        const read = await route.fetch();
        await page.evaluate('void (globalThis.received = new Promise((came) => { globalThis.came = came; }))');
        await harbour.say(chatId, harbour.bob, 'in between');
        await page.evaluate('globalThis.received');
        await route.fulfill({ response: read });
      },
    );
    await page.evaluate(`{
      const count = new MutationObserver(() => globalThis.came?.());
      count.observe(document.querySelector('[data-jump]'), { childList: true });
    }`);
    await page.getByRole('button', { name: 'Jump to latest' }).click();
    await rows(page).filter({ hasText: 'in between' }).waitFor();
    await harbour.say(chatId, harbour.bob, 'after it');
    await rows(page).filter({ hasText: 'after it' }).waitFor();
    expect((await texts(page)).slice(-3)).toEqual(['message 119', 'in between', 'after it']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('goes to the end when the reader says something, from wherever they are', async () => {
    const chatId = await talkative(800);
    const page = await harbour.enter(harbour.ada, chatId, '?before=300');
    await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    await type(page, 'from afar');
    await rows(page).filter({ hasText: 'from afar' }).waitFor();
    await page.locator('article[data-position="802"]').waitFor();
    await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(1);
    await page.locator('article[data-position="801"]').waitFor();
    const shown = await texts(page);
    expect(shown).toEqual([...numbered(801 - shown.length, 800), 'from afar']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('leads from a page of the past to the latest, and takes up what comes from there', async () => {
    const chatId = await talkative(800);
    const page = await harbour.enter(harbour.ada, chatId, '?before=100');
    await harbour.say(chatId, harbour.bob, 'meanwhile');
    await page.getByRole('button', { name: '1 new message' }).click();
    await rows(page).filter({ hasText: 'meanwhile' }).waitFor();
    await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(1);
    expect(new URL(page.url()).search).toBe('');
    await harbour.say(chatId, harbour.bob, 'and then');
    await rows(page).filter({ hasText: 'and then' }).waitFor();
    expect((await texts(page)).slice(-3)).toEqual(['message 799', 'meanwhile', 'and then']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('keeps what is at its bottom there when a soft keyboard opens and closes', async () => {
    const page = await harbour.enter(harbour.ada, await talkative(100));
    const lastVisible = () =>
      page.evaluate<string>(`(() => {
        const edge = document.querySelector('.log').getBoundingClientRect().bottom;
        return [...document.querySelectorAll('article')].findLast((row) => row.getBoundingClientRect().top < edge).dataset.position;
      })()`);
    await scrollTo(page, 900);
    const before = await lastVisible();
    for (const height of [400, 800]) {
      await page.setViewportSize({ width: 1280, height });
      await expect.poll(lastVisible).toBe(before);
      expect(await box(page).isVisible()).toBe(true);
    }
    await scrollTo(page, 'document.querySelector(".log").scrollHeight');
    for (const height of [400, 800]) {
      await page.setViewportSize({ width: 1280, height });
      await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(1);
    }
    expect(await harbour.leave()).toEqual([]);
  });

  it('takes a burst of two hundred messages in a second without jamming the page', async () => {
    const chatId = await talkative(60);
    const page = await harbour.enter(harbour.ada, chatId);
    const used = await mainThread(page);
    const before = await used();
    await Promise.all(numbered(0, 200).map((text) => harbour.say(chatId, harbour.bob, text)));
    await page.locator('article[data-position="261"]').waitFor();
    // What comes in a second must not be a second's work.
    const work = (await used()) - before;
    expect(work).toBeGreaterThan(0);
    expect(work).toBeLessThan(1);
    expect((await texts(page)).slice(-200)).toEqual(numbered(0, 200));
    expect(await harbour.leave()).toEqual([]);
  });

  it('shows a burst over several frames, of which each renders a changed message once, in its last state', async () => {
    const chatId = await talkative(3);
    const page = await harbour.enter(harbour.ada, chatId);
    await stopClock(page);
    await page.evaluate(`{
      globalThis.rendered = [];
      // A row that came in silence is inserted again to be announced.
      const known = new WeakSet();
      new MutationObserver((changes) => {
        for (const row of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
          if (row.matches('article') && !known.has(row)) rendered.push(row);
          known.add(row);
        }
      }).observe(document.querySelector('.log-rows'), { childList: true });
    }`);
    const frame = async () => {
      await page.clock.runFor(16);
      return page.evaluate<string[]>(
        `rendered.splice(0).map((row) => row.querySelector('.message-text').firstChild.data)`,
      );
    };
    const received = new Set<number>();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.webSocketFrameReceived', ({ response }) => {
      for (const [, revision] of response.payloadData.matchAll(/"revision":(\d+)/g)) received.add(Number(revision));
    });
    const place = { chatId, position: revision(2) };
    for (const n of [1, 2, 3, 4]) {
      await harbour.server.app.useCases.editMessage(harbour.bob.actor, {
        ...place,
        text: `edit ${n}`,
        base: revision(n === 1 ? 2 : n + 3),
      });
    }
    await harbour.say(chatId, harbour.bob, ...numbered(0, 100));
    await expect.poll(() => received.has(108)).toBe(true);

    const first = await frame();
    expect(first.filter((text) => text.startsWith('edit'))).toEqual(['edit 4']);
    // At most a quarter of the queue a frame, and the clock may have passed two of them.
    expect(first.length).toBeLessThanOrEqual(55);
    const others: string[] = [];
    for (let frames = 0; frames < 10; frames += 1) others.push(...(await frame()));
    expect([...first.slice(1), ...others]).toEqual(numbered(0, 100));
    expect(await harbour.leave()).toEqual([]);
  });

  it('tells assistive technology of each new message once, and of history never', async () => {
    const chatId = await talkative(120);
    const page = await harbour.enter(harbour.ada, chatId);
    await page.evaluate(`{
      globalThis.told = [];
      const log = document.querySelector('[role="log"]');
      const isLive = (node) => node.closest('[aria-live]')?.ariaLive !== 'off';
      new MutationObserver((changes) => {
        for (const { addedNodes, target } of changes) {
          for (const node of addedNodes) {
            const element = node instanceof Element ? node : target;
            if (isLive(element)) told.push(element.querySelector?.('.message-text')?.textContent ?? node.textContent);
          }
        }
      }).observe(log, { childList: true, subtree: true });
    }`);
    await scrollTo(page, 0);
    await rows(page).nth(60).waitFor({ state: 'attached' });
    await expect.poll(() => log(page).getAttribute('aria-busy')).toBe(null);
    await harbour.say(chatId, harbour.bob, 'hear me');
    await rows(page).filter({ hasText: 'hear me' }).waitFor({ state: 'attached' });
    await type(page, 'I do');
    await page.locator('article[data-position="123"]').waitFor();
    expect(await page.evaluate<string[]>('told')).toEqual(['hear me', 'I do']);
    expect(await log(page).getAttribute('aria-relevant')).toBe('additions');
    expect(await harbour.leave()).toEqual([]);
  });

  it('has a line at the first message that is new, until one leaves', async () => {
    const [chatId, other] = [await talkative(3), await harbour.newChat()];
    const page = await harbour.enter(harbour.ada, chatId);
    await page.goto(`/chat/${other}`);
    await harbour.say(chatId, harbour.bob, 'new', 'newer');
    await page.goto(`/chat/${chatId}`);
    const afterLine = page.locator('.unread-line + article');
    expect(await afterLine.locator('.message-text').textContent()).toBe('new');
    await harbour.say(chatId, harbour.bob, 'newest');
    await rows(page).filter({ hasText: 'newest' }).waitFor();
    expect(await afterLine.locator('.message-text').textContent()).toBe('new');
    const { useCases } = harbour.server.app;
    // The page tells the server at most once a second how far its reader has read.
    await expect.poll(async () => (await useCases.viewChatSummary(harbour.ada.actor, chatId)).reading.unread).toBe(0);
    await page.reload();
    expect(await page.locator('.unread-line').count()).toBe(0);
    expect(await harbour.leave()).toEqual([]);
  });
});
