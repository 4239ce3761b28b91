import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, DESKTOP, open, PHONE, type Shoal, startShoal, TABLET } from './shoal-page.ts';
import { hasNoBrowser, launch } from './visit.ts';

const AA = 4.5;
const METER = fileURLToPath(new URL('contrast.js', import.meta.url));
let browser: Browser;
let shoal: Shoal;

beforeAll(async () => {
  if (hasNoBrowser) return;
  [browser, shoal] = await Promise.all([launch(), startShoal(12)]);
});
afterAll(async () => {
  await browser?.close();
  await shoal?.server.stop();
});

interface Measured {
  readonly count: number;
  readonly faint: readonly { readonly text: string; readonly worst: number }[];
}

describe.skipIf(hasNoBrowser).each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each([
    ['wide', DESKTOP],
    ['medium', TABLET],
    ['phone', PHONE],
  ])('every text stands out by 4.5 to 1 or more, wherever the gradient is: %s', async (_name, viewport) => {
    const options = { ...viewport, colorScheme, reducedMotion: 'reduce' } as const;
    const page = await open(browser, shoal, { path: '/', ...options });
    await page.context().addInitScript({ path: METER });
    const chat = `/chat/${shoal.chats[0]}`;
    const measure = () => ask<Measured>(page, `faint(${AA})`);
    for (const path of ['/', chat, `${chat}/members`, '/nowhere']) {
      await page.goto(path);
      const { count, faint } = await measure();
      expect(count).toBeGreaterThan(3);
      expect([path, faint]).toEqual([path, []]);
    }
    await page.goto('/');
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('dialog').waitFor();
    expect((await measure()).faint).toEqual([]);
    await page.context().clearCookies();
    await page.goto('/auth');
    await page.getByLabel('Username').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    // Where the script came later than the click, this is another page, whose styles have yet to come.
    await page.waitForLoadState();
    expect((await measure()).faint).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(hasNoBrowser)('faces', () => {
  it.each(['light', 'dark'] as const)('can be read on every hue, %s', async (colorScheme) => {
    const page = await open(browser, shoal, { path: '/', ...DESKTOP, colorScheme });
    await page.context().addInitScript({ path: METER });
    await page.reload();
    await ask(
      page,
      `document.querySelector('main').replaceChildren(...Array.from({ length: 10 }, (_, hue) => {
        const face = document.createElement('span');
        face.className = 'face';
        face.dataset.hue = String(hue);
        face.textContent = 'A';
        return face;
      }))`,
    );
    const { faint } = await ask<Measured>(page, `faint(${AA})`);
    expect(faint).toEqual([]);
    await page.context().close();
  });
});
