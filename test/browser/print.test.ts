import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harbour } from './harbour.ts';
import { ask } from './shoal-page.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

/** PDF names each sheet as an object of its own. */
const sheetsOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

describe.skipIf(hasNoBrowser)('printing a chat', () => {
  it('prints all messages that are loaded, over several pages, without the app around them, dark theme or not', async () => {
    const chatId = await harbour.newChat();
    const texts = Array.from({ length: 50 }, (_, n) => `Message ${n}\nwith a line\nand another`);
    await harbour.say(chatId, harbour.bob, ...texts);
    const page = await harbour.enter(harbour.ada, chatId);
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('button', { name: 'Dark', exact: true }).click();
    expect(sheetsOf(await page.pdf({ format: 'A4' }))).toBeGreaterThanOrEqual(4);

    await page.emulateMedia({ media: 'print' });
    const hidden = await ask<string>(
      page,
      `[...document.querySelectorAll('nav, textarea, button, form, [role="status"]')].filter((one) => one.checkVisibility()).map(({ className }) => className).join()`,
    );
    expect(hidden).toBe('');
    const clipped = await ask<string>(
      page,
      `[...document.querySelectorAll('article')].flatMap((row) => {
        const cut = [];
        for (let box = row.parentElement; box; box = box.parentElement) {
          if (getComputedStyle(box).overflowY !== 'visible' && box !== document.documentElement) cut.push(box.className);
        }
        return cut;
      }).join()`,
    );
    expect(clipped).toBe('');
    expect(
      await ask(page, `getComputedStyle(document.querySelector('article:not(.notice) .message-text')).color`),
    ).toBe('rgb(10, 32, 54)');
    expect(await harbour.leave()).toEqual([]);
  });
});
