import { Readable } from 'node:stream';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

const image = async (background: string) =>
  Readable.from([
    await sharp({ create: { width: 90, height: 60, channels: 3, background } })
      .png()
      .toBuffer(),
  ]);

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

interface Styles {
  getComputedStyle(element: unknown, part: string): { readonly backgroundImage: string };
}

/** The addresses that are shown over the initial. */
const shownOn = (face: Locator): Promise<string> =>
  face
    .first()
    .evaluate((element) => (globalThis as unknown as Styles).getComputedStyle(element, '::after').backgroundImage);

describe.skipIf(hasNoBrowser)('a picture', () => {
  it('shows at once in what others and the person have open, and in what they open later, with and without script', async () => {
    const { setPicture, removePicture, openDirectChat } = harbour.server.app.useCases;
    const { ada, bob } = harbour;
    const chatId = await harbour.newChat();
    const { chatId: direct } = await openDirectChat(ada.actor, { usernames: ['bob'] });
    await harbour.say(chatId, bob, 'Hello');
    const adas = await harbour.enter(ada, chatId);
    const bobs = await harbour.enter(bob, chatId);
    const row = rows(adas).filter({ hasText: 'Hello' }).first();
    expect(await shownOn(row.locator('.face'))).toBe('none');
    const box = await row.boundingBox();
    await setPicture(bob.actor, { chunks: await image('#c33') });
    const ofBob = [
      row.locator('.face'),
      adas.locator(`.card[data-chat="${direct}"] .face`),
      bobs.locator('.account-name .face'),
    ];
    const path = `/pictures/user/${bob.actor.user.id}/`;
    for (const face of ofBob) await expect.poll(() => shownOn(face)).toContain(path);
    expect(await row.boundingBox()).toEqual(box);
    // What is written from now on shows it, without another word about it.
    await harbour.say(chatId, ada, 'Well?');
    await harbour.say(chatId, bob, 'Look at me');
    const late = rows(adas).filter({ hasText: 'Look at me' }).locator('.face');
    await expect.poll(() => shownOn(late)).toContain(path);

    await setPicture(ada.actor, { chatId, chunks: await image('#393') });
    const ofChat = [adas.locator('.chat-header .face'), bobs.locator(`.card[data-chat="${chatId}"] .face`)];
    for (const face of ofChat) await expect.poll(() => shownOn(face)).toContain(`/pictures/chat/${chatId}/`);

    const { page: later } = await harbour.visit(ada, `/chat/${chatId}/members`);
    await expect.poll(() => shownOn(later.locator(`#member-${bob.actor.user.id} .face`))).toContain(path);
    const context = await harbour.browser.newContext({ javaScriptEnabled: false, baseURL: harbour.server.url });
    const [name = '', value = ''] = ada.cookie.split('=');
    await context.addCookies([{ name, value, url: harbour.server.url }]);
    const scriptless = await context.newPage();
    // A picture is only loaded where it shows.
    const loaded = scriptless.waitForResponse((answer) => answer.url().includes(path) && answer.ok());
    await scriptless.goto(`/chat/${chatId}/members`);
    await loaded;
    await context.close();
    await removePicture(bob.actor, {});
    for (const face of ofBob) await expect.poll(() => shownOn(face)).toBe('none');
    expect(await harbour.leave()).toEqual([]);
  });

  it('is set and removed by forms, on phones too', async () => {
    const { page } = await harbour.visit(harbour.ada, '/account');
    await page.getByRole('link', { name: 'Your picture' }).click();
    const buffer = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#33c' } })
      .png()
      .toBuffer();
    await page.getByLabel('Image').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer });
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await page.getByRole('button', { name: 'Remove the picture' }).waitFor();
    await expect.poll(() => shownOn(page.locator('.picture .face'))).toMatch(/\/256"/);
    await page.getByRole('button', { name: 'Remove the picture' }).click();
    await page.getByRole('button', { name: 'Use this picture' }).waitFor();
    await expect.poll(() => shownOn(page.locator('.picture .face'))).toBe('none');
    const bad = { name: 'me.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') };
    await page.getByLabel('Image').setInputFiles(bad);
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Image').getAttribute('aria-invalid')).toBe('true');
  });
});
