import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../../src/domain/ids.ts';
import { connected, Harbour, OFFLINE } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';

let harbour: Harbour;
let chatId: ChatId;

const png = (background: string) =>
  sharp({ create: { width: 600, height: 400, channels: 3, background } })
    .png()
    .toBuffer();

beforeAll(async () => {
  if (hasNoBrowser) return;
  harbour = await Harbour.open();
  const { stageFile, postMessage } = harbour.server.app.useCases;
  chatId = await harbour.newChat();
  const people = [harbour.ada, harbour.bob, harbour.bob];
  for (const [n, colour] of ['red', 'green', 'blue'].entries()) {
    const { actor } = people[n] ?? harbour.bob;
    const chunks = new Blob([new Uint8Array(await png(colour))]).stream();
    const { id } = await stageFile(actor, { chatId, name: `${colour} 1.png`, chunks, announcedBytes: undefined });
    await postMessage(actor, { chatId, text: '', files: [id] });
  }
  await harbour.read(chatId, harbour.ada);
});
afterAll(() => harbour?.close());

const lightbox = (page: Page) => page.locator('.lightbox');
const picture = (page: Page) => lightbox(page).getByRole('img');
const scaleOf = async (image: Locator) => Number((await image.evaluate(({ style }) => style.scale)) || 1);

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name }).click();
  await page.getByRole('dialog', { name }).waitFor();
}

describe.skipIf(hasNoBrowser)('the lightbox', () => {
  it('shows an image with its name, its author and a link that saves it', async () => {
    const page = await harbour.enter(harbour.ada, chatId);
    await open(page, 'green 1.png');
    await expect
      .poll(() => picture(page).evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(600);
    expect(await lightbox(page).locator('.lightbox-author').innerText()).toMatch(/^bob, /);
    const download = page.waitForEvent('download');
    await lightbox(page).getByRole('link', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('green 1.png');
    await page.keyboard.press('Escape');
    await lightbox(page).waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate('document.activeElement.pathname')).toMatch(/green%201\.png$/);
    expect(await harbour.leave()).toEqual([]);
  });

  it('goes through the images of the log by keys and buttons, and gives the focus to the last one', async () => {
    const page = await harbour.enter(harbour.ada, chatId);
    await page.getByRole('link', { name: 'red 1.png' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'red 1.png' }).waitFor();
    expect(await lightbox(page).getByRole('button', { name: 'Previous image' }).isVisible()).toBe(false);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'green 1.png' }).waitFor();
    await lightbox(page).getByRole('button', { name: 'Next image' }).click();
    await page.getByRole('dialog', { name: 'blue 1.png' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog', { name: 'green 1.png' }).waitFor();
    for (let n = 0; n < 12; n += 1) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(
          `document.activeElement === document.body || !!document.activeElement.closest('.lightbox')`,
        ),
      ).toBe(true);
    }
    await page.goBack();
    await lightbox(page).waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toBe(`/chat/${chatId}`);
    await expect.poll(() => page.evaluate('document.activeElement.pathname')).toMatch(/green%201\.png$/);
    expect(await harbour.leave()).toEqual([]);
  });

  it('has nothing that axe would find, in both themes', async () => {
    const page = await harbour.enter(harbour.ada, chatId);
    await open(page, 'green 1.png');
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const found = `axe.run('.lightbox').then(({ violations }) => violations.map(({ id }) => id))`;
      expect(await page.evaluate(found)).toEqual([]);
    }
    await harbour.leave();
  });

  it('zooms by keys, wheel and double click', async () => {
    const page = await harbour.enter(harbour.ada, chatId);
    await open(page, 'green 1.png');
    const image = picture(page);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    expect(await scaleOf(image)).toBeCloseTo(2.25);
    await page.keyboard.press('-');
    expect(await scaleOf(image)).toBeCloseTo(1.5);
    await page.keyboard.press('0');
    expect(await scaleOf(image)).toBe(1);
    await image.hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(() => scaleOf(image)).toBeGreaterThan(2);
    await image.dblclick();
    await expect.poll(() => scaleOf(image)).toBe(1);
    expect(await harbour.leave()).toEqual([]);
  });

  it('goes on by a swipe and zooms by a pinch on a touch screen', async () => {
    const { page, context } = await harbour.enterByPhone(harbour.ada, chatId);
    await connected(page);
    await open(page, 'green 1.png');
    const right = await picture(page).evaluate((image) => image.getBoundingClientRect().right);
    expect(right).toBeLessThanOrEqual(390);
    expect((await lightbox(page).getByRole('button', { name: 'Close' }).boundingBox())?.x).toBeLessThanOrEqual(346);
    const touch = await context.newCDPSession(page);
    const send = (type: string, ...points: readonly (readonly [number, number])[]) =>
      touch.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: points.map(([x, y], id) => ({ x, y, id })),
      });
    await send('touchStart', [300, 400]);
    for (const x of [250, 200, 150]) await send('touchMove', [x, 402]);
    await send('touchEnd');
    await page.getByRole('dialog', { name: 'blue 1.png' }).waitFor();
    await send('touchStart', [180, 400], [220, 400]);
    for (const by of [20, 40, 60]) await send('touchMove', [180 - by, 400], [220 + by, 400]);
    await send('touchEnd');
    await expect.poll(() => scaleOf(picture(page))).toBeGreaterThan(2);
    await context.close();
  });

  it('leaves links as they are without script and for a new tab', async () => {
    const page = await harbour.enter(harbour.ada, chatId);
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'red 1.png' }).click({ modifiers: ['ControlOrMeta'] });
    expect(new URL((await opened).url()).pathname).toMatch(/^\/files\/\d+\/red/);
    expect(await lightbox(page).count()).toBe(0);
    await harbour.leave(OFFLINE);
  });
});

describe.skipIf(hasNoBrowser)('reduced motion', () => {
  it('lets animated GIFs stand still, in the log and in the lightbox', async () => {
    const { stageFile, postMessage } = harbour.server.app.useCases;
    const { actor } = harbour.bob;
    const [red, blue] = await Promise.all(['red', 'blue'].map(png));
    const frames = await sharp(
      [red, blue].flatMap((frame) => frame ?? []),
      { join: { animated: true } },
    )
      .gif({ delay: [50, 50] })
      .toBuffer();
    const chunks = new Blob([new Uint8Array(frames)]).stream();
    const { id } = await stageFile(actor, { chatId, name: 'moves.gif', chunks, announcedBytes: undefined });
    await postMessage(actor, { chatId, text: '', files: [id] });
    await harbour.read(chatId, harbour.ada);
    const page = await harbour.enter(harbour.ada, chatId);
    const shown = () =>
      page
        .getByRole('link', { name: 'moves.gif' })
        .getByRole('img')
        .evaluate((image) => (image as unknown as { currentSrc: string }).currentSrc);
    await expect.poll(shown).toMatch(/moves\.gif$/);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(shown).toMatch(/thumbnail$/);
    await open(page, 'moves.gif');
    expect(await picture(page).getAttribute('src')).toMatch(/thumbnail$/);
    expect(await harbour.leave()).toEqual([]);
  });
});
